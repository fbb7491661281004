package vini.forwarder.elements.ip6;

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
import vini.net.Ipv6Address;
import vini.net.wire.Ipv6Header;

import java.util.Map;
import java.util.TreeMap;

/**
 * Puts each packet into an IPv6 packet of protocol PROTO from SRC to DST and sets its destination
 * annotation. Packets that are longer than 65535 bytes are dropped.
 *
 * <p>PROTO is a number to 255 or {@code tcp}, {@code udp}, {@code icmp6}, {@code ipip} (4), {@code
 * ip6} (41); DST may be {@code DST_ANNO}: each packet's IPv6 destination annotation. Keywords:
 * HLIM, the hop limit, 1 to 255, default 250; CLASS, the traffic class, 0 (default) to 255.
 *
 * <pre>{@code
 * ... -> IP6Encap(4, 2000:10:1::2, 2000:20:1::2, HLIM 20) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code src}, {@code dst} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "IP6Encap", drops = "tooLong")
public final class Ip6Encap extends Element {
    private static final int HOP_LIMIT_DEFAULT = 250;
    private static final int PAYLOAD_MAX = 0xffff;
    private static final Map<String, Integer> PROTOCOLS = new TreeMap<>();

    static {
        PROTOCOLS.put("tcp", 6);
        PROTOCOLS.put("udp", 17);
        PROTOCOLS.put("icmp6", Ipv6Header.ICMP);
        PROTOCOLS.put("ipip", 4);
        PROTOCOLS.put("ip6", 41);
    }

    private int protocol;
    private Ipv6Address source = new Ipv6Address(0, 0);

    /** None where the annotation says it. */
    private @Nullable Ipv6Address destination;

    private int hopLimit;
    private int trafficClass;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooLong;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        protocol = arguments.required("PROTO", Ip6Encap::protocol);
        source = arguments.required("SRC", addresses()::ip6);
        setDestination(arguments.required("DST", this::checkDestination));
        hopLimit = arguments.keyword("HLIM", ArgumentTypes.integer(1, 255), HOP_LIMIT_DEFAULT);
        trafficClass = arguments.keyword("CLASS", ArgumentTypes.integer(0, 255), 0);
    }

    private static int protocol(String text) {
        Integer named = PROTOCOLS.get(text.strip());
        return named != null ? named : ArgumentTypes.integer(0, 255).apply(text);
    }

    private static boolean isAnnotation(String text) {
        return text.strip().equals("DST_ANNO");
    }

    private String checkDestination(String text) {
        return isAnnotation(text) ? text : addresses().ip6(text.strip()).toString();
    }

    private void setDestination(String text) {
        destination = isAnnotation(text) ? null : addresses().ip6(text.strip());
    }

    @Override
    protected void initialize() {
        tooLong = drops("tooLong");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        int size = packet.length();
        if (size > PAYLOAD_MAX) {
            tooLong.drop(packet);
            return null;
        }
        Ipv6Address to =
                destination != null
                        ? destination
                        : new Ipv6Address(Ip6.destinationHigh(packet), Ip6.destinationLow(packet));
        Packet result = packet.prepend(Ipv6Header.BYTES);
        Ipv6Header.set(
                result.buffer(),
                result.start(),
                trafficClass,
                size,
                protocol,
                hopLimit,
                source,
                to);
        result.networkHeader(0);
        result.transportHeader(Ipv6Header.BYTES);
        Ip6.destination(result, to);
        return result;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("src", () -> source);
        handlers.read("dst", () -> destination == null ? "DST_ANNO" : destination);
        handlers.write("src", value -> source = addresses().ip6(value.strip()));
        handlers.write("dst", this::setDestination);
    }
}
