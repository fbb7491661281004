package vini.forwarder.elements.ip6;

import com.google.auto.service.AutoService;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.forwarder.PacketType;
import vini.net.Ipv6Address;
import vini.net.wire.Icmpv6Header;
import vini.net.wire.Ipv6Header;
import vini.net.wire.NeighborMessage;
import vini.net.wire.WireException;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers each packet with an ICMPv6 error from IP6ADDR to its source, and ends the packet.
 *
 * <p>TYPE is {@code unreachable} (1), {@code packettoobig} (2), {@code timeexceeded} (3), {@code
 * parameterproblem} (4) or a number to 255; CODE (default 0) is a number or, for unreachable,
 * {@code noroute}, {@code prohibited}, {@code beyondscope}, {@code address}, {@code port}. MTU
 * (default 1280) goes into packettoobig; into parameterproblem goes the annotation ICMP_PARAMPROB.
 *
 * <p>No answer goes to ICMPv6 errors and redirects, to fragments but the first, to packets from no
 * single machine; nor to those that went to a group or to all, but packettoobig and
 * parameterproblem 2 (RFC 4443 2.4 e). The error quotes as much of the packet as fits 1280 bytes
 * (2.4 c). Its destination annotation is set, so that it can go to the forwarding table at once; so
 * is the one for FixIPSrc. To limit its rate (2.4 f) put a RatedSplitter behind.
 *
 * <pre>{@code
 * dt :: DecIP6HLIM;
 * dt[1] -> ICMP6Error(2001:db8::1, timeexceeded) -> m :: RatedSplitter(10) -> ...;
 * m[1] -> Discard;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(
        name = "ICMP6Error",
        drops = {"tooBig", "ttlExpired", "unreachable"})
public final class Icmp6Error extends Element {
    private static final int HOP_LIMIT = 64;

    private static final Map<String, Integer> TYPES = new TreeMap<>();
    private static final Map<String, Integer> CODES = new TreeMap<>();

    static {
        TYPES.put("unreachable", Icmpv6Header.DESTINATION_UNREACHABLE);
        TYPES.put("packettoobig", Icmpv6Header.PACKET_TOO_BIG);
        TYPES.put("timeexceeded", Icmpv6Header.TIME_EXCEEDED);
        TYPES.put("parameterproblem", Icmpv6Header.PARAMETER_PROBLEM);
        CODES.put("noroute", 0);
        CODES.put("prohibited", 1);
        CODES.put("beyondscope", 2);
        CODES.put("address", 3);
        CODES.put("port", 4);
    }

    private Ipv6Address source = NeighborMessage.UNSPECIFIED;
    private int type;
    private int code;
    private int mtu;
    private Counter sent = new Counter();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter drops;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        source = arguments.required("IP6ADDR", addresses()::ip6);
        type = arguments.required("TYPE", text -> number(text, TYPES));
        code = arguments.optional("CODE", text -> number(text, CODES), 0);
        mtu =
                arguments.keyword(
                        "MTU",
                        ArgumentTypes.integer(Ipv6Header.MTU_MIN, 0xffff),
                        Ipv6Header.MTU_MIN);
    }

    private static int number(String text, Map<String, Integer> names) {
        Integer named = names.get(text.toLowerCase(Locale.ROOT));
        return named != null ? named : ArgumentTypes.integer(0, 255).apply(text);
    }

    @Override
    protected void initialize() {
        sent = sent();
        drops =
                drops(
                        switch (type) {
                            case Icmpv6Header.TIME_EXCEEDED -> "ttlExpired";
                            case Icmpv6Header.PACKET_TOO_BIG -> "tooBig";
                            default -> "unreachable";
                        });
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        Packet answer = null;
        if (deservesAnswer(packet)) {
            sent.increment();
            answer = answer(packet);
        }
        drops.drop(packet);
        return answer;
    }

    private boolean deservesAnswer(Packet packet) {
        int header = packet.networkHeader();
        if (!Ip6.hasHeader(packet, header)) {
            return false;
        }
        Ipv6Address from = Ip6.address(packet, header + Ipv6Header.SOURCE_AT);
        if (from.equals(NeighborMessage.UNSPECIFIED) || NeighborMessage.isGroup(from)) {
            return false;
        }
        boolean toMany =
                NeighborMessage.isGroup(Ip6.address(packet, header + Ipv6Header.DESTINATION_AT))
                        || packet.type() == PacketType.BROADCAST
                        || packet.type() == PacketType.MULTICAST;
        boolean evenSo =
                type == Icmpv6Header.PACKET_TOO_BIG
                        || type == Icmpv6Header.PARAMETER_PROBLEM
                                && code == Icmpv6Header.UNKNOWN_OPTION;
        return (!toMany || evenSo) && !isError(packet, header);
    }

    /** Whether it is an error, or may be one that cannot be told. */
    private static boolean isError(Packet packet, int header) {
        try {
            int length = packet.length() - header;
            Ipv6Header.Upper upper =
                    Ipv6Header.upper(packet.buffer(), packet.start() + header, length);
            if (upper.fragmentOffset() != 0) {
                return true;
            }
            if (upper.protocol() != Ipv6Header.ICMP) {
                return false;
            }
            if (upper.at() >= length) {
                return true;
            }
            int itsType = packet.u8(header + upper.at());
            return Icmpv6Header.isError(itsType) || itsType == Icmpv6Header.REDIRECT;
        } catch (WireException e) {
            return true;
        }
    }

    private Packet answer(Packet packet) {
        int header = packet.networkHeader();
        int room = Ipv6Header.MTU_MIN - Ipv6Header.BYTES - Icmpv6Header.BYTES;
        int quoted = Math.min(packet.length() - header, room);
        int size = Icmpv6Header.BYTES + quoted;
        Ipv6Address to = Ip6.address(packet, header + Ipv6Header.SOURCE_AT);
        Packet answer = loop().packets().allocate(Ipv6Header.BYTES + size);
        ByteBuf bytes = answer.buffer();
        int ip = answer.start();
        Ipv6Header.set(bytes, ip, 0, size, Ipv6Header.ICMP, HOP_LIMIT, source, to);
        int message = ip + Ipv6Header.BYTES;
        bytes.setByte(message + Icmpv6Header.TYPE_AT, type);
        bytes.setByte(message + Icmpv6Header.CODE_AT, code);
        bytes.setInt(message + Icmpv6Header.BODY_AT, body(packet));
        bytes.setBytes(
                message + Icmpv6Header.BYTES, packet.buffer(), packet.start() + header, quoted);
        Icmpv6Header.seal(bytes, ip, message, size);
        answer.networkHeader(0);
        answer.transportHeader(Ipv6Header.BYTES);
        Ip6.destination(answer, to);
        answer.annotation(Annotation.FIX_IP_SRC.at(), Annotation.FIX_IP_SRC.size(), 1);
        return answer;
    }

    private int body(Packet packet) {
        Annotation pointer = Annotation.ICMP_PARAMETER_PROBLEM;
        return switch (type) {
            case Icmpv6Header.PACKET_TOO_BIG -> mtu;
            case Icmpv6Header.PARAMETER_PROBLEM ->
                    (int) packet.annotation(pointer.at(), pointer.size());
            default -> 0;
        };
    }
}
