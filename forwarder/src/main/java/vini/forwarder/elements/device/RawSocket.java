package vini.forwarder.elements.device;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.io.Errno;
import vini.forwarder.io.Libc;
import vini.forwarder.io.Namespace;
import vini.forwarder.io.Sockaddr;
import vini.forwarder.io.SocketMessage;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Emits the IPv4 packets of one protocol that come to this machine, and sends the whole IPv4
 * packets that it pulls. The protocol is TCP, UDP, GRE or ICMP; with a number after it only packets
 * to that port are emitted (GRE: with that key or call id; ICMP: with that identifier). The kernel
 * handles the packets as well. It needs the right to raw sockets (CAP_NET_RAW).
 *
 * <ul>
 *   <li>SNAPLEN: bytes of a packet that are read, 20 to 65535 (default 2048)
 *   <li>NETNS: the network namespace of the socket, such as {@code /run/netns/x}
 *   <li>HEADROOM: taken and not needed
 * </ul>
 *
 * <pre>{@code
 * RawSocket(UDP, 53) -> CheckIPHeader -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code count} (packets read; read).
 */
@AutoService(Element.class)
@ElementClass(
        name = "RawSocket",
        ports = "0-1/0-1",
        processing = "l/h",
        flow = "x/y",
        drops = {"noOutput", "noRoom", "notSent"})
public final class RawSocket extends DescriptorElement {
    private static final int IPPROTO_IP = 0;
    private static final int IP_HDRINCL = 3;
    private static final int IP_BYTES = 20;
    private static final int DESTINATION_AT = 16;
    private static final int ANY = -1;
    private static final int CALL_ID_MASK = 0xffff;

    private enum Protocol {
        ICMP(1),
        TCP(6),
        UDP(17),
        GRE(47);

        private final int number;

        Protocol(int number) {
            this.number = number;
        }

        static Protocol parse(String text) {
            for (Protocol protocol : values()) {
                if (protocol.name().equals(ArgumentTypes.string(text).toUpperCase(Locale.ROOT))) {
                    return protocol;
                }
            }
            throw new IllegalArgumentException("'" + text + "' is none of TCP, UDP, GRE, ICMP");
        }
    }

    private Protocol protocol = Protocol.UDP;
    private long wanted;
    private int snapLength;
    private String namespace = "";
    private int fd = CLOSED;
    private Runnable watch = () -> {};

    @SuppressWarnings("NullAway.Init") // the following are set by open
    private SocketMessage message;

    @SuppressWarnings("NullAway.Init")
    private DropCounter noOutput;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        protocol = arguments.required("TYPE", Protocol::parse);
        long most = protocol == Protocol.GRE ? 0xffffffffL : SocketAddress.PORT_MAX;
        wanted = arguments.optional("PORT", ArgumentTypes.integer(0L, most), (long) ANY);
        snapLength = arguments.keyword("SNAPLEN", ArgumentTypes.integer(IP_BYTES, 65_535), 2048);
        namespace = arguments.keyword("NETNS", ArgumentTypes::string, "");
        int _ = arguments.keyword("HEADROOM", ArgumentTypes.integer(0, 65_535), 0);
    }

    @Override
    void prepare() {
        message = new SocketMessage();
        noOutput = drops("noOutput");
    }

    @Override
    void open(Loop.Io io) throws IOException {
        fd =
                Namespace.within(
                        namespace.isEmpty() ? null : namespace,
                        () ->
                                Libc.socket(
                                        Sockaddr.AF_INET,
                                        Libc.SOCK_RAW | Libc.SOCK_NONBLOCK,
                                        protocol.number));
        Libc.setsockopt(fd, IPPROTO_IP, IP_HDRINCL, 1);
        Libc.setsockopt(fd, Libc.SOL_SOCKET, SocketMessage.SO_TIMESTAMPNS, 1);
        watch = io.watch(fd, this::receive);
    }

    @Override
    boolean isOpen() {
        return fd != CLOSED;
    }

    @Override
    Object place() {
        return List.of(protocol, namespace);
    }

    @Override
    void adopt(DescriptorElement before, Loop.Io io) {
        RawSocket other = (RawSocket) before;
        other.watch.run();
        other.watch = () -> {};
        fd = other.fd;
        other.fd = CLOSED;
        watch = io.watch(fd, this::receive);
    }

    private void receive() {
        for (int i = 0; i < ROUND && fd != CLOSED; i++) {
            Packet packet = loop().packets().allocate(snapLength);
            long length = message.receive(fd, packet.address(), snapLength, 0);
            if (length < 0) {
                packet.kill();
                if (length == -Errno.EAGAIN) {
                    break;
                }
                continue;
            }
            packet.truncate((int) length);
            int header = packet.length() < IP_BYTES ? 0 : (packet.u8(0) & 0x0f) << 2;
            if (!isWanted(packet, header)) {
                packet.kill();
                continue;
            }
            packet.networkHeader(0);
            packet.transportHeader(header);
            stamp(packet, message.timestampNanos());
            count.increment();
            if (hasOutput(0)) {
                emit(0, packet);
            } else {
                refuse(packet, noOutput);
            }
        }
        flushOutputs();
    }

    /** Whether it is a packet to that port; of later fragments nobody knows. */
    private boolean isWanted(Packet packet, int header) {
        if (header < IP_BYTES || packet.length() < header) {
            return false;
        }
        if (wanted == ANY) {
            return true;
        }
        boolean isFirst = (packet.u16(6) & 0x1fff) == 0;
        if (!isFirst || packet.length() < header + 8) {
            return false;
        }
        return switch (protocol) {
            case TCP, UDP -> packet.u16(header + 2) == wanted;
            case ICMP -> packet.u16(header + 4) == wanted;
            case GRE -> key(packet, header) == wanted;
        };
    }

    /** The key of RFC 2890, or the call id of RFC 2637 (version 1); -1 if there is none. */
    private static long key(Packet packet, int header) {
        int flags = packet.u16(header);
        boolean hasKey = (flags & 0x2000) != 0;
        boolean hasChecksum = (flags & 0x8000) != 0;
        int at = header + (hasChecksum ? 8 : 4);
        if (!hasKey || packet.length() < at + 4) {
            return ANY;
        }
        long key = packet.i32(at) & 0xffffffffL;
        return (flags & 7) == 1 ? key & CALL_ID_MASK : key;
    }

    @Override
    long write(Packet packet) {
        if (packet.length() < IP_BYTES) {
            return -Errno.EINVAL;
        }
        return message.send(fd, packet.address(), packet.length(), packet.i32(DESTINATION_AT), 0);
    }

    @Override
    protected void close() {
        super.close();
        watch.run();
        close(fd);
        fd = CLOSED;
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        handlers.read("count", count::value);
    }
}
