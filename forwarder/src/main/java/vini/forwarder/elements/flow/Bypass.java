package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;

/**
 * Leads packets around a part of the graph, or through it. On a push path packets from input 0 go
 * to output 0, or to output 1 while it is active; on a pull path a pull at output 0 goes to input
 * 0, or to input 1 while it is active. The other port of the detour, push input 1 or pull output 1,
 * leads back to output 0 or input 0. A port that is not connected makes it as if it were not
 * active.
 *
 * <p>Argument: ACTIVE, default false. Keyword INLINE is accepted: here Bypass always stands in the
 * path, for the price of a call a batch.
 *
 * <pre>{@code
 * source -> b :: Bypass -> sink; b[1] -> Print(seen) -> [1] b;
 * }</pre>
 *
 * <p>Handlers: {@code active} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "Bypass", ports = "1-2/1-2")
public final class Bypass extends PullChooser {
    private boolean active;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        active = arguments.optional("ACTIVE", ArgumentTypes::bool, false);
        boolean _ = arguments.keyword("INLINE", ArgumentTypes::bool, false);
    }

    @Override
    public void push(int port, Batch batch) {
        output(port == 0 && active && hasOutput(1) ? 1 : 0).push(batch);
    }

    @Override
    int chosen(int output) {
        return output == 0 && active && inputs() > 1 ? 1 : 0;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("active", () -> active);
        handlers.write(
                "active",
                value -> {
                    active = ArgumentTypes.bool(value);
                    look();
                });
    }
}
