package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Sends packets to its outputs in turn: each goes to the one after that of the packet before.
 *
 * <pre>{@code
 * ... -> r :: RoundRobinSwitch; r[0] -> ...; r[1] -> ...; r[2] -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "RoundRobinSwitch", ports = "1/1-", processing = "h/h", drops = "switchedOff")
public final class RoundRobinSwitch extends PacketSwitch {
    private int next;

    @Override
    int choose(Packet packet) {
        int output = next;
        next = (next + 1) % outputs();
        return output;
    }

    @Override
    protected void takeState(Element old) {
        next = ((RoundRobinSwitch) old).next % outputs();
    }
}
