package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.PacketType;

/**
 * Drops packets that came as broadcast or multicast of the link, by their packet type annotation: a
 * router must not forward them (RFC 1812 5.3.4). They go to output 1, if that is wired.
 *
 * <pre>{@code
 * rt[1] -> DropBroadcasts -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(
        name = "DropBroadcasts",
        ports = "1/1-2",
        processing = "a/ah",
        drops = "linkBroadcast")
public final class DropBroadcasts extends Element {
    private final Counter refused = counter();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter broadcast;

    @Override
    protected void initialize() {
        broadcast = drops("linkBroadcast");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (!isBroadcast(packet)) {
            return packet;
        }
        refused.increment();
        addOrDrop(1, packet, broadcast);
        return null;
    }

    /** Whether it came to more than this machine on its link. */
    static boolean isBroadcast(Packet packet) {
        return packet.type() == PacketType.BROADCAST || packet.type() == PacketType.MULTICAST;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("drops", refused::value);
    }
}
