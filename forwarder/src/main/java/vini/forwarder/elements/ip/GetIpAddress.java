package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.wire.Ipv4Header;

/**
 * Sets the destination annotation of each packet to the four bytes at OFFSET: 16 is the destination
 * of a packet that begins with its IP header.
 *
 * <p>With ANNO it sets another annotation of four bytes. Instead of OFFSET, {@code IP src} or
 * {@code IP dst} takes that address of the IP header, wherever it begins. Packets that are too
 * short are dropped.
 *
 * <pre>{@code
 * ... -> CheckIPHeader(14) -> GetIPAddress(30) -> rt;
 * ... -> CheckIPHeader -> GetIPAddress(IP src) -> rt;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "GetIPAddress", live = true, drops = "tooShort")
public final class GetIpAddress extends Element {
    private static final int NONE = -1;

    private int offset;
    private Annotation annotation = Annotation.parse("DST_IP", 4);

    /** Where the address stands in the IP header, if that is meant. */
    private int field = NONE;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooShort;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        field = arguments.keyword("IP", GetIpAddress::field, NONE);
        offset =
                field == NONE ? arguments.required("OFFSET", ArgumentTypes.integer(0, 1 << 16)) : 0;
        annotation = arguments.optional("ANNO", text -> Annotation.parse(text, 4), annotation);
    }

    private static int field(String text) {
        return switch (text) {
            case "src" -> Ipv4Header.SOURCE_AT;
            case "dst" -> Ipv4Header.DESTINATION_AT;
            default -> throw new IllegalArgumentException("\"" + text + "\" is not src or dst");
        };
    }

    @Override
    protected void initialize() {
        tooShort = drops("tooShort");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        int at = field == NONE ? offset : packet.networkHeader() + field;
        boolean there = field == NONE ? at <= packet.length() - 4 : IpBounds.hasFixedHeader(packet);
        if (!there) {
            tooShort.drop(packet);
            return null;
        }
        packet.annotation(annotation.at(), annotation.size(), packet.i32(at));
        return packet;
    }
}
