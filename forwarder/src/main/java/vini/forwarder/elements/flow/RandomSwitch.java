package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

import java.util.random.RandomGenerator;

/**
 * Sends each packet to one of its outputs by chance, all alike.
 *
 * <pre>{@code
 * ... -> r :: RandomSwitch; r[0] -> ...; r[1] -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "RandomSwitch", ports = "1/1-", processing = "h/h", drops = "switchedOff")
public final class RandomSwitch extends PacketSwitch {
    @SuppressWarnings("NullAway.Init") // set by initialize
    private RandomGenerator chance;

    @Override
    protected void initialize() {
        super.initialize();
        chance = chance();
    }

    @Override
    int choose(Packet packet) {
        return chance.nextInt(outputs());
    }
}
