package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Batch;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Sends a copy of each packet out of each output except that of the input's number, as an Ethernet
 * hub does; it looks at no address.
 *
 * <p>Ports: as many inputs as outputs. With one of each, all packets are dropped.
 *
 * <pre>{@code
 * a -> h :: Hub -> a_out; b -> [1] h [1] -> b_out; c -> [2] h [2] -> c_out;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "Hub", ports = "-/=", processing = "h/h", drops = "noOtherPort")
public final class Hub extends Element {
    private Counter sent = new Counter();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noOtherPort;

    @Override
    protected void initialize() {
        sent = sent();
        noOtherPort = drops("noOtherPort");
    }

    @Override
    public void push(int port, Batch batch) {
        int last = port == outputs() - 1 ? port - 1 : outputs() - 1;
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            if (last < 0) {
                noOtherPort.drop(packet);
                continue;
            }
            for (int out = 0; out < last; out++) {
                if (out != port) {
                    sent.increment();
                    output(out).add(packet.share());
                }
            }
            output(last).add(packet);
        }
        batch.recycle();
        flushOutputs();
    }
}
