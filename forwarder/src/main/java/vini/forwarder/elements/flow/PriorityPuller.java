package vini.forwarder.elements.flow;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Element;
import vini.forwarder.Packet;

/** What PrioSched and SimplePrioSched are: pulls from the first input that has a packet. */
abstract class PriorityPuller extends Element {
    @Override
    public @Nullable Packet pull(int port) {
        for (int i = 0; i < inputs(); i++) {
            Packet packet = input(i).pull();
            if (packet != null) {
                return packet;
            }
        }
        return null;
    }
}
