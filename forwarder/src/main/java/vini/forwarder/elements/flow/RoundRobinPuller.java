package vini.forwarder.elements.flow;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Element;
import vini.forwarder.Packet;

/** What RoundRobinSched and SimpleRoundRobinSched are: pulls from its inputs in turn. */
abstract class RoundRobinPuller extends Element {
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
        next = ((RoundRobinPuller) old).next % Math.max(1, inputs());
    }
}
