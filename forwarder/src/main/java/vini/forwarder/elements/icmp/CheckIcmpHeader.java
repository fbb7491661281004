package vini.forwarder.elements.icmp;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.elements.ip.IpBounds;
import vini.forwarder.elements.ip.Refusals;
import vini.net.Checksum;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;

import java.util.List;

/**
 * Checks that packets are sound ICMP messages: protocol, a length that the type can have, and the
 * checksum (RFC 792). Of a fragment only the length of the first is checked, since the checksum is
 * that of the whole.
 *
 * <p>Output 0 gets sound packets; the others go to output 1, or are dropped if that is not wired.
 *
 * <pre>{@code
 * ... -> CheckIPHeader -> CheckICMPHeader(DETAILS true) -> ...;
 * }</pre>
 *
 * <p>With VERBOSE true a line is printed about each unsound packet, not only about the first; with
 * DETAILS true they are counted by reason.
 *
 * <p>Handlers: {@code count}, {@code drops}, with DETAILS {@code drop_details} (read).
 */
@AutoService(Element.class)
@ElementClass(
        name = "CheckICMPHeader",
        ports = "1/1-2",
        processing = "a/ah",
        drops = "badIcmpHeader")
public final class CheckIcmpHeader extends Element {
    private static final int SOUND = -1;
    private static final int NOT_ICMP = 0;
    private static final int BAD_LENGTH = 1;
    private static final int BAD_CHECKSUM = 2;
    private static final List<String> REASONS =
            List.of("not ICMP", "bad ICMP length", "bad ICMP checksum");

    private final Counter sound = counter();

    @SuppressWarnings("NullAway.Init") // set by configure
    private Refusals refusals;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter badHeader;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        refusals = Refusals.read(arguments, REASONS, this::counter);
    }

    @Override
    protected void initialize() {
        badHeader = drops("badIcmpHeader");
        refusals.chatter(line -> chatter(name() + ": " + line));
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        int reason = check(packet);
        if (reason == SOUND) {
            sound.increment();
            return packet;
        }
        refusals.count(reason);
        addOrDrop(1, packet, badHeader);
        return null;
    }

    private static int check(Packet packet) {
        if (!IpBounds.hasHeader(packet)
                || packet.u8(packet.networkHeader() + Ipv4Header.PROTOCOL_AT) != Ipv4Header.ICMP) {
            return NOT_ICMP;
        }
        if (IpBounds.fragmentOffset(packet) != 0) {
            return SOUND;
        }
        int icmp = packet.networkHeader() + IpBounds.headerLength(packet);
        int length = IpBounds.end(packet) - icmp;
        if (length < IcmpHeader.BYTES || length < least(packet.u8(icmp))) {
            return BAD_LENGTH;
        }
        boolean whole = !IpBounds.isFragment(packet);
        return whole && Checksum.of(packet.buffer(), packet.start() + icmp, length) != 0
                ? BAD_CHECKSUM
                : SOUND;
    }

    /** The shortest message of that type. */
    private static int least(int type) {
        return switch (type) {
            case IcmpNames.TIMESTAMP, IcmpNames.TIMESTAMP_REPLY -> 20;
            case IcmpNames.MASK_REQUEST, IcmpNames.MASK_REPLY -> 12;
            default -> IcmpHeader.BYTES;
        };
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", sound::value);
        refusals.handlers(handlers);
    }
}
