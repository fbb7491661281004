package vini.forwarder.elements.device;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.PacketType;
import vini.forwarder.elements.source.Encapsulation;
import vini.forwarder.io.Errno;
import vini.forwarder.io.NetworkDevice;
import vini.forwarder.io.PacketSocket;
import vini.forwarder.io.SocketMessage;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Emits the packets that the kernel receives on the device DEVNAME, with their link-level header,
 * the kernel's timestamp, their packet type, and as extra length what SNAPLEN cut off. The kernel
 * handles them as well, as with a sniffer. It needs the right to packet sockets (CAP_NET_RAW).
 *
 * <ul>
 *   <li>PROMISC: whether it also hears what is addressed to others (default false)
 *   <li>SNAPLEN: bytes of a packet that are read, 14 to 65535 (default 2046)
 *   <li>FORCE_IP: whether only IPv4 packets are emitted, with their header annotations set (default
 *       false); the others go to output 1, or are dropped if that is not wired
 *   <li>OUTBOUND: whether it also emits what is sent by the device (default false)
 *   <li>BURST: packets that are read at a time, 1 to 1024 (default 128)
 *   <li>TIMESTAMP: whether packets are timestamped (default true)
 *   <li>SNIFFER: must be true; to keep the kernel's hands off, use a device without an address
 *   <li>METHOD: LINUX, the only one
 *   <li>BPF_FILTER: ignored with a warning, as Click does with this method
 *   <li>NETNS: the network namespace of the device, such as {@code /run/netns/x}
 *   <li>HEADROOM: taken and not needed
 * </ul>
 *
 * <pre>{@code
 * FromDevice(eth0, PROMISC true) -> Classifier(12/0800) -> Strip(14) -> CheckIPHeader -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code count}, {@code encap}, {@code kernel_drops} (read), {@code reset_counts}
 * (write).
 */
@AutoService(Element.class)
@ElementClass(
        name = "FromDevice",
        ports = "0/1-2",
        processing = "h/h",
        drops = {"noRoom", "notIp", "notSent"})
public final class FromDevice extends DescriptorElement implements Encapsulation.Known {
    private static final PacketType[] TYPES = {
        PacketType.HOST,
        PacketType.BROADCAST,
        PacketType.MULTICAST,
        PacketType.OTHERHOST,
        PacketType.OUTGOING
    };

    private static final int OUTGOING = 4;

    private String device = "";
    private String namespace = "";
    private String filter = "";
    private PacketSocket.Hearing hearing = PacketSocket.Hearing.OWN;
    private int snapLength;
    private int burst;
    private boolean forceIp;
    private boolean outbound;
    private boolean timestamp;
    private @Nullable PacketSocket socket;
    private Runnable watch = () -> {};
    private long kernelDrops;
    private Encapsulation encapsulation = Encapsulation.UNKNOWN;

    @SuppressWarnings("NullAway.Init") // the following are set by open
    private SocketMessage message;

    @SuppressWarnings("NullAway.Init")
    private DropCounter notIp;

    static boolean yes(String text) {
        if (!ArgumentTypes.bool(text)) {
            throw new IllegalArgumentException(
                    "only true is possible: the kernel cannot be kept from handling the packets");
        }
        return true;
    }

    static String linux(String text) {
        if (!text.strip().toUpperCase(Locale.ROOT).equals("LINUX")) {
            throw new IllegalArgumentException("'" + text + "' is not here; the only one is LINUX");
        }
        return text;
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        device = arguments.required("DEVNAME", ArgumentTypes::string);
        boolean _ = arguments.keyword("SNIFFER", FromDevice::yes, true);
        boolean promiscuous = arguments.keyword("PROMISC", ArgumentTypes::bool, false);
        hearing = promiscuous ? PacketSocket.Hearing.PROMISCUOUS : PacketSocket.Hearing.OWN;
        snapLength = arguments.keyword("SNAPLEN", ArgumentTypes.integer(14, 65_535), 2046);
        forceIp = arguments.keyword("FORCE_IP", ArgumentTypes::bool, false);
        String _ = arguments.keyword("METHOD", FromDevice::linux, "LINUX");
        filter = arguments.keyword("BPF_FILTER", ArgumentTypes::string, "");
        outbound = arguments.keyword("OUTBOUND", ArgumentTypes::bool, false);
        int _ = arguments.keyword("HEADROOM", ArgumentTypes.integer(0, 65_535), 0);
        burst = arguments.keyword("BURST", ArgumentTypes.integer(1, 1024), ROUND);
        timestamp = arguments.keyword("TIMESTAMP", ArgumentTypes::bool, true);
        namespace = arguments.keyword("NETNS", ArgumentTypes::string, "");
    }

    @Override
    void prepare() {
        notIp = drops("notIp");
        message = new SocketMessage();
        if (!filter.isEmpty()) {
            chatter(name() + ": BPF_FILTER is ignored by the method LINUX");
        }
    }

    @Override
    void open(Loop.Io io) throws IOException {
        PacketSocket opened =
                PacketSocket.open(
                        namespace.isEmpty() ? null : namespace,
                        device,
                        PacketSocket.Use.HEAR,
                        hearing);
        socket = opened;
        encapsulation = encapsulation(opened.hardwareType());
        watch = io.watch(opened.fd(), this::receive);
    }

    @Override
    boolean isOpen() {
        return socket != null;
    }

    @Override
    Object place() {
        return List.of(device, namespace, hearing);
    }

    @Override
    void learn(DescriptorElement before) {
        encapsulation = ((FromDevice) before).encapsulation;
    }

    @Override
    void adopt(DescriptorElement before, Loop.Io io) {
        FromDevice other = (FromDevice) before;
        PacketSocket adopted = other.socket;
        other.watch.run();
        other.watch = () -> {};
        other.socket = null;
        socket = adopted;
        kernelDrops += other.kernelDrops;
        if (adopted != null) {
            watch = io.watch(adopted.fd(), this::receive);
        }
    }

    private static Encapsulation encapsulation(int hardwareType) {
        return switch (hardwareType) {
            case NetworkDevice.TYPE_ETHERNET, NetworkDevice.TYPE_LOOPBACK -> Encapsulation.ETHER;
            case NetworkDevice.TYPE_NONE -> Encapsulation.IP;
            default -> Encapsulation.UNKNOWN;
        };
    }

    @Override
    public Encapsulation encapsulation() {
        return encapsulation;
    }

    @Override
    long write(Packet packet) {
        throw new IllegalStateException("FromDevice has no input");
    }

    private void receive() {
        PacketSocket from = socket;
        for (int i = 0; i < burst && from != null && from.equals(socket); i++) {
            Packet packet = loop().packets().allocate(snapLength);
            long length =
                    message.receive(
                            from.fd(), packet.address(), snapLength, SocketMessage.MSG_TRUNC);
            if (length < 0) {
                packet.kill();
                if (length == -Errno.EAGAIN) {
                    break;
                }
                // The device went down; the error is told once and the socket lives on.
                continue;
            }
            take(packet, length);
        }
        flushOutputs();
    }

    private void take(Packet packet, long length) {
        int type = message.packetType();
        if (type == OUTGOING && !outbound) {
            packet.kill();
            return;
        }
        packet.truncate((int) Math.min(length, snapLength));
        packet.annotation(Annotation.EXTRA_LENGTH.at(), 4, length - packet.length());
        packet.type(type < TYPES.length ? TYPES[type] : PacketType.OTHERHOST);
        if (timestamp) {
            stamp(packet, message.timestampNanos());
        }
        if (!forceIp || encapsulation.findIp(packet)) {
            count.increment();
            emit(0, packet);
        } else if (hasOutput(1)) {
            emit(1, packet);
        } else {
            refuse(packet, notIp);
        }
    }

    private String kernelDrops() throws HandlerException {
        try {
            kernelDrops += socket == null ? 0 : socket.kernelDrops();
            return String.valueOf(kernelDrops);
        } catch (IOException e) {
            throw new HandlerException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    protected void close() {
        super.close();
        watch.run();
        close(socket == null ? CLOSED : socket.fd());
        socket = null;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", count::value).read("encap", encapsulation::word);
        handlers.read("kernel_drops", (Handlers.Read) argument -> kernelDrops());
        handlers.write("reset_counts", value -> count.reset());
    }
}
