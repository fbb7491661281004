package vini.forwarder.elements.icmp;

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
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.PacketType;
import vini.forwarder.elements.ip.IpBounds;
import vini.forwarder.elements.ip.IpFields;
import vini.forwarder.host.RateLimit;
import vini.net.Ipv4Address;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;

import java.util.List;
import java.util.stream.Stream;

/**
 * Answers each packet with an ICMP error from SRC to its source, and ends the packet. TYPE is
 * {@code unreachable}, {@code sourcequench}, {@code redirect}, {@code timeexceeded} or {@code
 * parameterproblem}, or a number; CODE is a number (default 0) or a name: for unreachable {@code
 * net}, {@code host}, {@code protocol}, {@code port}, {@code needfrag}; for redirect {@code net},
 * {@code host}; for timeexceeded {@code transit}, {@code reassembly}; for parameterproblem {@code
 * erroratptr}, {@code missingopt}, {@code length}.
 *
 * <p>No answer goes to ICMP errors, fragments but the first, what came as broadcast of the link,
 * and from or to addresses that are no host's (RFC 1812 4.3.2.7). The error quotes as much of the
 * packet as fits MTU bytes (RFC 1812 4.3.2.3). If the packet came by a source route, the error goes
 * back the same way. Its destination annotation is set, so that it can go to the forwarding table
 * at once, and so is the annotation for FixIPSrc.
 *
 * <p>A redirect names the packet's destination annotation as the gateway; a parameter problem takes
 * its pointer from the annotation that IPGWOptions sets.
 *
 * <pre>{@code
 * ttl[1] -> ICMPError(10.77.0.7, timeexceeded) -> fib;
 * fr[1] -> ICMPError(10.77.0.7, unreachable, needfrag, PMTU 1400) -> fib;
 * }</pre>
 *
 * <p>Keywords:
 *
 * <ul>
 *   <li>BADADDRS: addresses, with spaces, from or to which packets are not answered
 *   <li>MTU: the longest error, 68-65535 bytes (default 576)
 *   <li>PMTU: what needfrag says of the next link, 0-65535 (default 0: nothing; RFC 1191)
 *   <li>USE_FIX_ANNO (or SET_FIX_ANNO): false leaves the annotation for FixIPSrc alone
 *   <li>RATE, BURST: how many errors a second at most (default 1000; 0: no limit), and how many at
 *       once (default 256), as RFC 1812 4.3.2.8 wants
 * </ul>
 *
 * <p>Handlers: {@code count} (errors sent), {@code limited} (errors that were too many), {@code
 * src} (read).
 */
@AutoService(Element.class)
@ElementClass(
        name = "ICMPError",
        live = true,
        drops = {
            "parameterProblem",
            "reassemblyTimeout",
            "redirected",
            "sourceQuench",
            "ttlExpired",
            "unreachable"
        })
public final class IcmpError extends Element {
    private static final int ERROR_BYTES = 576;
    private static final int TTL = 64;
    private static final int RATE = 1000;
    private static final int BURST = 256;

    private final Counter limited = counter();
    private final Counter count = counter();
    private int source;
    private int type;
    private int code;
    private int bytesMax;
    private int pathMtu;
    private boolean fixSource;
    private int[] badAddresses = {};
    private @Nullable RateLimit limit;
    private int id;
    private Counter sent = new Counter();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter drops;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        source = arguments.required("SRC", addresses()::ip).bits();
        type = arguments.required("TYPE", IcmpNames::type);
        code = arguments.optional("CODE", text -> IcmpNames.code(type, text), 0);
        badAddresses = arguments.keyword("BADADDRS", this::addressList, new int[0]);
        bytesMax = arguments.keyword("MTU", ArgumentTypes.integer(68, 0xffff), ERROR_BYTES);
        pathMtu = arguments.keyword("PMTU", ArgumentTypes.integer(0, 0xffff), 0);
        boolean set = arguments.keyword("SET_FIX_ANNO", ArgumentTypes::bool, true);
        fixSource = arguments.keyword("USE_FIX_ANNO", ArgumentTypes::bool, set);
        int rate = arguments.keyword("RATE", ArgumentTypes.integer(0, 1_000_000_000), RATE);
        int burst = arguments.keyword("BURST", ArgumentTypes.integer(1, 1_000_000), BURST);
        limit = rate == 0 ? null : new RateLimit(rate, burst);
    }

    private int[] addressList(String text) {
        List<String> words = Stream.of(text.strip().split("\\s+", -1)).toList();
        return words.stream()
                .filter(word -> !word.isEmpty())
                .mapToInt(word -> addresses().ip(word).bits())
                .toArray();
    }

    @Override
    protected void initialize() {
        sent = sent();
        drops = drops(reason());
    }

    private String reason() {
        return switch (type) {
            case IcmpHeader.TIME_EXCEEDED -> code == 1 ? "reassemblyTimeout" : "ttlExpired";
            case IcmpHeader.PARAMETER_PROBLEM -> "parameterProblem";
            case IcmpNames.REDIRECT -> "redirected";
            case IcmpNames.SOURCE_QUENCH -> "sourceQuench";
            default -> "unreachable";
        };
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        Packet answer = null;
        if (deservesAnswer(packet)) {
            if (limit == null || limit.allow(loop().clock().nowNanos())) {
                count.increment();
                sent.increment();
                answer = answer(packet);
            } else {
                limited.increment();
            }
        }
        drops.drop(packet);
        return answer;
    }

    private boolean deservesAnswer(Packet packet) {
        if (!IpBounds.hasHeader(packet)
                || packet.type() == PacketType.BROADCAST
                || packet.type() == PacketType.MULTICAST
                || IpBounds.fragmentOffset(packet) != 0) {
            return false;
        }
        int header = packet.networkHeader();
        int from = packet.i32(header + Ipv4Header.SOURCE_AT);
        int to = packet.i32(header + Ipv4Header.DESTINATION_AT);
        if (from == 0
                || from >>> 28 >= 0xe
                || from >>> 24 == 127
                || to >>> 28 >= 0xe
                || isBad(from)
                || isBad(to)) {
            return false;
        }
        int payload = header + IpBounds.headerLength(packet);
        boolean icmp = packet.u8(header + Ipv4Header.PROTOCOL_AT) == Ipv4Header.ICMP;
        return !icmp || packet.length() > payload && isQuery(packet.u8(payload));
    }

    private boolean isBad(int address) {
        for (int bad : badAddresses) {
            if (bad == address) {
                return true;
            }
        }
        return false;
    }

    /** Echo, timestamp, information and address mask, and their replies; all else are errors. */
    private static boolean isQuery(int icmpType) {
        return IcmpNames.hasSequence(icmpType);
    }

    private Packet answer(Packet packet) {
        int header = packet.networkHeader();
        byte[] route = SourceRoute.reversed(packet);
        int headerLength = Ipv4Header.BYTES + route.length;
        int quoted =
                Math.min(IpBounds.end(packet) - header, bytesMax - headerLength - IcmpHeader.BYTES);
        int length = headerLength + IcmpHeader.BYTES + quoted;
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
        bytes.writeBytes(route);
        int icmp = bytes.writerIndex();
        bytes.writeByte(type).writeByte(code).writeShort(0).writeInt(rest(packet));
        bytes.writeBytes(packet.buffer(), packet.start() + header, quoted);
        IcmpHeader.seal(bytes, icmp, IcmpHeader.BYTES + quoted);
        if (route.length > 0) {
            answer.set8(0, 0x40 | headerLength >>> 2);
            IpFields.seal(answer, 0, headerLength);
        }
        answer.networkHeader(0);
        answer.transportHeader(headerLength);
        answer.destination(to);
        answer.timestampNanos(loop().clock().epochNanos());
        if (fixSource) {
            Annotation fix = Annotation.FIX_IP_SRC;
            answer.annotation(fix.at(), fix.size(), 1);
        }
        return answer;
    }

    /** The four bytes after the checksum, whose meaning depends on type and code. */
    private int rest(Packet packet) {
        return switch (type) {
            case IcmpHeader.DESTINATION_UNREACHABLE ->
                    code == IcmpHeader.FRAGMENTATION_NEEDED ? pathMtu : 0;
            case IcmpNames.REDIRECT -> packet.destination();
            case IcmpHeader.PARAMETER_PROBLEM -> code == 0 ? pointer(packet) << 24 : 0;
            default -> 0;
        };
    }

    private static int pointer(Packet packet) {
        Annotation problem = Annotation.ICMP_PARAMETER_PROBLEM;
        return (int) packet.annotation(problem.at(), problem.size());
    }

    @Override
    protected void takeState(Element old) {
        IcmpError other = (IcmpError) old;
        id = other.id;
        if (limit != null && other.limit != null) {
            limit.take(other.limit);
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", count::value).read("limited", limited::value);
        handlers.read("src", () -> new Ipv4Address(source));
    }
}
