package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;

import java.util.Arrays;

/**
 * Passes packets from each input to the output of the same number, unless that port is suppressed:
 * then packets that are pushed are dropped, and a pull gives none.
 *
 * <p>Ports: as many inputs as outputs, each pair push or pull; all are active at first.
 *
 * <pre>{@code
 * a -> s :: Suppressor -> ...; b -> [1] s [1] -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code active0}, {@code active1}, ... (read, write), {@code reset} (write: all
 * become active), {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "Suppressor", ports = "-/=", flow = "#/#", drops = "suppressed")
public final class Suppressor extends PullChooser {
    private boolean[] suppressed = {};

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter dropped;

    @Override
    protected void configure(Arguments arguments) {
        suppressed = new boolean[inputs()];
    }

    @Override
    protected void initialize() {
        super.initialize();
        dropped = drops("suppressed");
    }

    @Override
    public void push(int port, Batch batch) {
        if (suppressed[port]) {
            dropped.drop(batch);
        } else {
            output(port).push(batch);
        }
    }

    @Override
    int chosen(int output) {
        return suppressed[output] ? -1 : output;
    }

    @Override
    protected void handlers(Handlers handlers) {
        for (int i = 0; i < suppressed.length; i++) {
            int port = i;
            handlers.read("active" + port, () -> !suppressed[port]);
            handlers.write(
                    "active" + port,
                    value -> {
                        suppressed[port] = !ArgumentTypes.bool(value);
                        look();
                    });
        }
        handlers.write(
                "reset",
                value -> {
                    Arrays.fill(suppressed, false);
                    look();
                });
    }
}
