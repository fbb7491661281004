package vini.forwarder.elements.device;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.AddressNames;
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
import vini.forwarder.io.SocketMessage;
import vini.net.Ipv4Address;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Sends each packet that it gets to an IPv4 multicast group, as a UDP datagram, and emits what
 * others send to the group: {@code McastSocket(GROUP, PORT [, SOURCEIP, SOURCEPORT])}. With
 * SOURCEIP, datagrams have that source, the group is heard and spoken to on that address's device
 * only, and what it sent itself is not emitted. Without it, the kernel's routes choose the device.
 *
 * <ul>
 *   <li>LOOP: whether processes of this machine hear it, itself included (default true)
 *   <li>SNAPLEN: bytes of a datagram that are received, 1 to 65535 (default 2048)
 *   <li>SNDBUF, RCVBUF: the kernel's buffers in bytes (default: the kernel's)
 *   <li>TIMESTAMP: whether packets bear the time at which they were received (default true)
 *   <li>NETNS: the network namespace of the sockets, such as {@code /run/netns/x}
 *   <li>HEADROOM: taken and not needed
 * </ul>
 *
 * <pre>{@code
 * ... -> EtherEncap(0x0800, 2:2:2:2:2:2, 2:2:2:2:2:3) -> McastSocket(239.0.0.1, 1234) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code count} (packets received; read).
 */
@AutoService(Element.class)
@ElementClass(
        name = "McastSocket",
        ports = "0-1/0-1",
        processing = "a/h",
        flow = "x/y",
        drops = {"noOutput", "noRoom", "notSent"})
public final class McastSocket extends DescriptorElement {
    private static final int IPPROTO_IP = 0;
    private static final int IP_MULTICAST_IF = 32;
    private static final int IP_MULTICAST_LOOP = 34;
    private static final int IP_ADD_MEMBERSHIP = 35;
    private static final int SNAPLEN_MAX = 65_535;
    private static final int BUFFER_MAX = 1 << 30;

    private SocketAddress.Internet group = new SocketAddress.Internet(Ipv4Address.ANY, 0);
    private SocketAddress.@Nullable Internet source;
    private SocketSettings settings = SocketSettings.NONE;
    private boolean loops;
    private boolean timestamp;
    private int hearing = CLOSED;
    private int speaking = CLOSED;
    private int ownPort;
    private Runnable watch = () -> {};

    @SuppressWarnings("NullAway.Init") // the following are set by open
    private SocketMessage message;

    @SuppressWarnings("NullAway.Init")
    private DropCounter noOutput;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        AddressNames.Reader names = addresses();
        Ipv4Address address = arguments.required("MCASTIP", names::ip);
        if (address.bits() >>> 28 != 0xe) {
            throw new ConfigException("MCASTIP: " + address + " is no multicast address");
        }
        int port =
                arguments.required("MCASTPORT", ArgumentTypes.integer(1, SocketAddress.PORT_MAX));
        group = new SocketAddress.Internet(address, port);
        Ipv4Address from = arguments.optional("SOURCEIP", names::ip, Ipv4Address.ANY);
        int fromPort =
                arguments.optional(
                        "SOURCEPORT", ArgumentTypes.integer(0, SocketAddress.PORT_MAX), 0);
        source = from.equals(Ipv4Address.ANY) ? null : new SocketAddress.Internet(from, fromPort);
        settings =
                new SocketSettings(
                        group,
                        source,
                        true,
                        arguments.keyword("SNAPLEN", ArgumentTypes.integer(1, SNAPLEN_MAX), 2048),
                        false,
                        arguments.keyword("SNDBUF", ArgumentTypes.integer(0, BUFFER_MAX), 0),
                        arguments.keyword("RCVBUF", ArgumentTypes.integer(0, BUFFER_MAX), 0),
                        arguments.keyword("NETNS", ArgumentTypes::string, ""));
        loops = arguments.keyword("LOOP", ArgumentTypes::bool, true);
        timestamp = arguments.keyword("TIMESTAMP", ArgumentTypes::bool, true);
        int _ = arguments.keyword("HEADROOM", ArgumentTypes.integer(0, SNAPLEN_MAX), 0);
    }

    @Override
    void prepare() {
        message = new SocketMessage();
        noOutput = drops("noOutput");
    }

    @Override
    void open(Loop.Io io) throws IOException {
        speaking = settings.socket(Libc.SOCK_DGRAM);
        Libc.setsockopt(speaking, IPPROTO_IP, IP_MULTICAST_LOOP, loops ? 1 : 0);
        byte[] device = source == null ? Ipv4Address.ANY.toBytes() : source.address().toBytes();
        if (source != null) {
            Libc.bind(speaking, source.bytes());
            Libc.setsockopt(speaking, IPPROTO_IP, IP_MULTICAST_IF, device);
            ownPort = Libc.port(speaking);
        }
        if (outputs() > 0) {
            hearing = settings.socket(Libc.SOCK_DGRAM);
            Libc.setsockopt(hearing, Libc.SOL_SOCKET, Libc.SO_REUSEADDR, 1);
            Libc.setsockopt(hearing, Libc.SOL_SOCKET, SocketMessage.SO_TIMESTAMPNS, 1);
            Libc.bind(hearing, group.bytes());
            // struct ip_mreq: the group, then the device by its address.
            byte[] membership =
                    ByteBuffer.allocate(8).put(group.address().toBytes()).put(device).array();
            Libc.setsockopt(hearing, IPPROTO_IP, IP_ADD_MEMBERSHIP, membership);
            watch = io.watch(hearing, this::receive);
        }
    }

    @Override
    boolean isOpen() {
        return speaking != CLOSED;
    }

    @Override
    Object place() {
        return List.of(settings.place(), loops, outputs() > 0);
    }

    @Override
    void adopt(DescriptorElement before, Loop.Io io) {
        McastSocket other = (McastSocket) before;
        other.watch.run();
        other.watch = () -> {};
        hearing = other.hearing;
        speaking = other.speaking;
        ownPort = other.ownPort;
        other.hearing = CLOSED;
        other.speaking = CLOSED;
        if (hearing != CLOSED) {
            watch = io.watch(hearing, this::receive);
        }
    }

    private void receive() {
        for (int i = 0; i < ROUND && hearing != CLOSED; i++) {
            Packet packet = loop().packets().allocate(settings.snapLength());
            long length = message.receive(hearing, packet.address(), packet.length(), 0);
            if (length < 0) {
                packet.kill();
                if (length == -Errno.EAGAIN) {
                    break;
                }
                continue;
            }
            packet.truncate((int) length);
            if (isOwn()) {
                packet.kill();
                continue;
            }
            if (timestamp) {
                stamp(packet, message.timestampNanos());
            }
            count.increment();
            if (hasOutput(0)) {
                emit(0, packet);
            } else {
                refuse(packet, noOutput);
            }
        }
        flushOutputs();
    }

    private boolean isOwn() {
        return source != null
                && message.senderPort() == ownPort
                && message.senderAddress().equals(source.address());
    }

    @Override
    long write(Packet packet) {
        return message.send(
                speaking, packet.address(), packet.length(), group.address().bits(), group.port());
    }

    @Override
    protected void close() {
        super.close();
        watch.run();
        close(hearing);
        close(speaking);
        hearing = CLOSED;
        speaking = CLOSED;
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        handlers.read("count", count::value);
    }
}
