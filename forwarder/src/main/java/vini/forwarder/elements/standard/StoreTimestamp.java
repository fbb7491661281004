package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Writes each packet's timestamp into the packet: 4 bytes of seconds since 1970 and 4 bytes of
 * microseconds, in network byte order.
 *
 * <p>One of these keywords: OFFSET, 0 to 65527, where in the packet, which is made longer with
 * zeros if need be; TAIL true, behind its end. A packet that would grow beyond 65535 bytes is
 * dropped.
 *
 * <pre>{@code
 * ... -> SetTimestamp -> StoreTimestamp(OFFSET 0) -> UDPIPEncap(...) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "StoreTimestamp", drops = "packetTooLong")
public final class StoreTimestamp extends Element {
    private static final int BYTES = 8;
    private static final int TAIL = -1;
    private static final long SECOND = 1_000_000_000;
    private static final long MICROSECOND = 1_000;

    private int offset;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooLong;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        offset = arguments.keyword("OFFSET", ArgumentTypes.integer(0, Lengths.MAX - BYTES), TAIL);
        boolean tail = arguments.keyword("TAIL", ArgumentTypes::bool, false);
        if (tail == (offset != TAIL)) {
            throw new ConfigException("it takes one of OFFSET and TAIL true");
        }
    }

    @Override
    protected void initialize() {
        tooLong = drops("packetTooLong");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        int at = offset == TAIL ? packet.length() : offset;
        int missing = at + BYTES - packet.length();
        if (at + BYTES > Lengths.MAX) {
            tooLong.drop(packet);
            return null;
        }
        Packet written = (missing > 0 ? Lengths.grow(packet, missing) : packet).writable();
        long nanos = written.timestampNanos();
        written.set32(at, (int) Math.floorDiv(nanos, SECOND));
        written.set32(at + 4, (int) (Math.floorMod(nanos, SECOND) / MICROSECOND));
        return written;
    }
}
