package vini.forwarder.elements.icmp;

import com.google.auto.service.AutoService;

import io.netty.buffer.ByteBuf;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.Ipv4Address;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers each packet with an ICMP error from SRC to its source, and ends the packet. TYPE is
 * {@code timeexceeded} or {@code unreachable}, or a number; CODE is a number or, for unreachable,
 * {@code net}, {@code host}, {@code protocol}, {@code port}, {@code needfrag}. MTU goes into the
 * last.
 *
 * <p>No answer goes to ICMP errors, fragments but the first, and multicast or broadcast (RFC 1812
 * 4.3.2.7). The error quotes as much of the packet as fits 576 bytes (RFC 1812 4.3.2.3). Its
 * destination annotation is set, so that it can go to the forwarding table at once.
 *
 * <pre>{@code
 * ttl[1] -> ICMPError(10.77.0.7, timeexceeded) -> fib;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "ICMPError", processing = "h/h")
public final class IcmpError extends Element {
    private static final int ERROR_BYTES_MAX = 576;
    private static final int TTL = 64;

    private static final Map<String, Integer> TYPES = new TreeMap<>();
    private static final Map<String, Integer> CODES = new TreeMap<>();

    static {
        TYPES.put("unreachable", IcmpHeader.DESTINATION_UNREACHABLE);
        TYPES.put("timeexceeded", IcmpHeader.TIME_EXCEEDED);
        CODES.put("net", 0);
        CODES.put("host", IcmpHeader.HOST_UNREACHABLE);
        CODES.put("protocol", IcmpHeader.PROTOCOL_UNREACHABLE);
        CODES.put("port", IcmpHeader.PORT_UNREACHABLE);
        CODES.put("needfrag", IcmpHeader.FRAGMENTATION_NEEDED);
        CODES.put("transit", 0);
    }

    private int source;
    private int type;
    private int code;
    private int mtu;
    private int id;
    private Counter sent = new Counter();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter drops;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        source = arguments.required("SRC", Ipv4Address::parse).bits();
        type = arguments.required("TYPE", text -> number(text, TYPES));
        code = arguments.optional("CODE", text -> number(text, CODES), 0);
        mtu = arguments.keyword("MTU", IcmpError::mtu, 0);
    }

    private static int mtu(String text) {
        int value = Integer.parseInt(text);
        if (value < 0 || value > 0xffff) {
            throw new IllegalArgumentException(value + " is outside 0-65535");
        }
        return value;
    }

    private static int number(String text, Map<String, Integer> names) {
        Integer named = names.get(text.toLowerCase(Locale.ROOT));
        int value = named != null ? named : Integer.parseInt(text);
        if (value < 0 || value > 255) {
            throw new IllegalArgumentException(value + " is outside 0-255");
        }
        return value;
    }

    @Override
    protected void initialize() {
        sent = sent();
        drops = drops(type == IcmpHeader.TIME_EXCEEDED ? "ttlExpired" : "unreachable");
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            if (deservesAnswer(packet)) {
                sent.increment();
                output(0).add(answer(packet));
            }
            drops.drop(packet);
        }
        batch.recycle();
        flushOutputs();
    }

    private static boolean deservesAnswer(Packet packet) {
        int header = packet.networkHeader();
        int from = packet.i32(header + Ipv4Header.SOURCE_AT);
        int to = packet.i32(header + Ipv4Header.DESTINATION_AT);
        if (from == 0 || from >>> 28 >= 0xe || from >>> 24 == 127 || to >>> 28 >= 0xe) {
            return false;
        }
        if ((packet.u16(header + Ipv4Header.FRAGMENT_AT) & Ipv4Header.FRAGMENT_OFFSET_MASK) != 0) {
            return false;
        }
        int payload = header + ((packet.u8(header) & 0x0f) << 2);
        boolean icmp = packet.u8(header + Ipv4Header.PROTOCOL_AT) == Ipv4Header.ICMP;
        return !icmp || packet.length() > payload && isQuery(packet.u8(payload));
    }

    /** Echo, timestamp, information and address mask, and their replies; all else are errors. */
    private static boolean isQuery(int icmpType) {
        return icmpType == IcmpHeader.ECHO_REPLY
                || icmpType == IcmpHeader.ECHO_REQUEST
                || icmpType >= 13 && icmpType <= 18;
    }

    private Packet answer(Packet packet) {
        int header = packet.networkHeader();
        int quoted =
                Math.min(
                        packet.length() - header,
                        ERROR_BYTES_MAX - Ipv4Header.BYTES - IcmpHeader.BYTES);
        int length = Ipv4Header.BYTES + IcmpHeader.BYTES + quoted;
        int to = packet.i32(header + Ipv4Header.SOURCE_AT);
        Packet answer = loop().packets().allocate(length);
        ByteBuf bytes = answer.buffer();
        bytes.writerIndex(answer.start());
        Ipv4Header.emit(
                bytes,
                Ipv4Header.TOS_INTERNETWORK_CONTROL,
                length,
                id++,
                0,
                TTL,
                Ipv4Header.ICMP,
                source,
                to);
        int icmp = bytes.writerIndex();
        bytes.writeByte(type).writeByte(code).writeShort(0).writeInt(mtu);
        bytes.writeBytes(packet.buffer(), packet.start() + header, quoted);
        IcmpHeader.seal(bytes, icmp, IcmpHeader.BYTES + quoted);
        answer.networkHeader(0);
        answer.destination(to);
        return answer;
    }
}
