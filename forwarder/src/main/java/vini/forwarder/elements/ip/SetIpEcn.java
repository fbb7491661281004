package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.wire.Ipv4Header;

/**
 * Sets the two bits for explicit congestion notification of IPv4 packets (RFC 3168) to ECN, 0-3 or
 * {@code no}, {@code ect1} ({@code ECT(1)}), {@code ect2} ({@code ECT(0)}), {@code ce} ({@code
 * CE}), and repairs the checksum.
 *
 * <pre>{@code
 * ... -> SetIPECN(ect2) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code ecn} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "SetIPECN", live = true, drops = "noIpHeader")
public final class SetIpEcn extends Element {
    private static final int MASK = 3;

    private int ecn;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noHeader;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        ecn = arguments.required("ECN", SetIpEcn::ecn);
    }

    private static int ecn(String text) {
        return switch (text) {
            case "no" -> 0;
            case "ect1", "ECT(1)" -> 1;
            case "ect2", "ECT(0)" -> 2;
            case "ce", "CE" -> 3;
            default -> ArgumentTypes.integer(0, MASK).apply(text);
        };
    }

    @Override
    protected void initialize() {
        noHeader = drops(IpBounds.NO_HEADER);
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (!IpBounds.hasFixedHeader(packet)) {
            noHeader.drop(packet);
            return null;
        }
        return marked(packet, ecn);
    }

    /** The packet, which has a header, with these bits. */
    static Packet marked(Packet packet, int ecn) {
        Packet mine = packet.writable();
        IpFields.setTos(mine, mine.networkHeader(), MASK, ecn);
        return mine;
    }

    /** The bits of a packet that has a header. */
    static int of(Packet packet) {
        return packet.u8(packet.networkHeader() + Ipv4Header.TOS_AT) & MASK;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("ecn", () -> ecn).write("ecn", value -> ecn = ecn(value));
    }
}
