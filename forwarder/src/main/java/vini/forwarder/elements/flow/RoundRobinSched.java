package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Pulls from its inputs in turn: for each pull it begins with the input after that which gave the
 * last packet, and asks one after the other until one gives a packet.
 *
 * <pre>{@code
 * a -> Queue -> [0] r :: RoundRobinSched -> Unqueue -> ...; b -> Queue -> [1] r;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "RoundRobinSched", ports = "-/1", processing = "l/l")
public final class RoundRobinSched extends Element {
    private int next;

    @Override
    public @Nullable Packet pull(int port) {
        for (int i = 0; i < inputs(); i++) {
            int input = (next + i) % inputs();
            Packet packet = input(input).pull();
            if (packet != null) {
                next = (input + 1) % inputs();
                return packet;
            }
        }
        return null;
    }

    @Override
    protected void takeState(Element old) {
        next = ((RoundRobinSched) old).next % Math.max(1, inputs());
    }
}
