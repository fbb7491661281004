package vini.forwarder.elements.overlay;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Stands between a host and the network: a host may not speak for the node's router (protocol 89),
 * nor send to multicast groups (224/4). Such packets are dropped and counted.
 *
 * <pre>{@code
 * host -> CheckIPHeader -> GuardHost -> ... -> fib;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "GuardHost")
public final class GuardHost extends Element {
    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter uninvited;

    @Override
    protected void initialize() {
        uninvited = drops("uninvited");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (Punt.isOspf(packet) || packet.destination() >>> 28 == 0xe) {
            uninvited.drop(packet);
            return null;
        }
        return packet;
    }
}
