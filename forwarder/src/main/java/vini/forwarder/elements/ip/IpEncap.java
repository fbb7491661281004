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
import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;

/**
 * Puts an IPv4 header in front of each packet, with protocol PROTO (a number or a name such as
 * {@code ipip}), source SRC and destination DST; DST_ANNO instead of DST takes the destination
 * annotation of each packet. The destination annotation becomes that address. Packets for which the
 * header has no number (over 65515 bytes) are dropped.
 *
 * <pre>{@code
 * ... -> IPEncap(ipip, 18.26.4.24, 140.247.60.147) -> ...;
 * }</pre>
 *
 * <p>Arguments:
 *
 * <ul>
 *   <li>TTL: 0-255 (default 250)
 *   <li>DSCP: 0-63 (default 0)
 *   <li>ECT: true or 2 says that the ends know of congestion marks, as ECT(1) or ECT(0)
 *   <li>CE: true marks that there was congestion
 *   <li>TOS: 0-255, the whole byte, instead of DSCP, ECT and CE
 *   <li>DF: true forbids fragments (default false)
 * </ul>
 *
 * <p>Handlers: {@code src}, {@code dst} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "IPEncap", live = true, drops = "tooLong")
public final class IpEncap extends Element {
    private static final String FROM_ANNOTATION = "DST_ANNO";
    private static final int PACKET_BYTES_MAX = 0xffff;

    private int protocol;
    private Ipv4Address source = Ipv4Address.ANY;

    /** None: the destination annotation of each packet. */
    private @Nullable Ipv4Address destination;

    private int ttl;
    private int tos;
    private int flags;
    private int id;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooLong;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        protocol = arguments.required("PROTO", IpProtocols::parse);
        source = arguments.required("SRC", addresses()::ip);
        String to = arguments.required("DST", text -> text);
        ttl = arguments.keyword("TTL", ArgumentTypes.integer(0, 255), 250);
        int dscp = arguments.keyword("DSCP", ArgumentTypes.integer(0, 63), -1);
        int ect = arguments.keyword("ECT", IpEncap::ect, -1);
        int ce = arguments.keyword("CE", text -> ArgumentTypes.bool(text) ? 1 : 0, -1);
        int whole = arguments.keyword("TOS", ArgumentTypes.integer(0, 255), -1);
        flags = arguments.keyword("DF", ArgumentTypes::bool, false) ? Ipv4Header.DONT_FRAGMENT : 0;
        if (whole >= 0 && (dscp >= 0 || ect >= 0 || ce >= 0)) {
            throw new ConfigException("TOS is the whole byte: leave out DSCP, ECT and CE");
        }
        int ecn = ce > 0 ? 3 : Math.max(ect, 0);
        tos = whole >= 0 ? whole : Math.max(dscp, 0) << 2 | ecn;
        try {
            destination(to);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("DST: " + e.getMessage());
        }
    }

    private static int ect(String text) {
        if (text.equals("2")) {
            return 2;
        }
        return ArgumentTypes.bool(text) ? 1 : 0;
    }

    private void destination(String text) {
        destination = text.equals(FROM_ANNOTATION) ? null : addresses().ip(text);
    }

    @Override
    protected void initialize() {
        tooLong = drops("tooLong");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (packet.length() > PACKET_BYTES_MAX - Ipv4Header.BYTES) {
            tooLong.drop(packet);
            return null;
        }
        int to = destination == null ? packet.destination() : destination.bits();
        Packet result = packet.prepend(Ipv4Header.BYTES);
        NewHeader.write(result, tos, id++ & 0xffff, flags, ttl, protocol, source.bits(), to);
        return result;
    }

    @Override
    protected void takeState(Element old) {
        id = ((IpEncap) old).id;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("src", () -> source);
        handlers.read("dst", () -> destination == null ? FROM_ANNOTATION : destination);
        handlers.write("src", value -> source = addresses().ip(value.strip()));
        handlers.write("dst", value -> destination(value.strip()));
    }
}
