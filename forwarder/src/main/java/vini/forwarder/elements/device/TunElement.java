package vini.forwarder.elements.device;

import org.jspecify.annotations.Nullable;

import vini.forwarder.AddressNames;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Handlers;
import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.io.Errno;
import vini.forwarder.io.NetworkDevice;
import vini.forwarder.io.PacketCalls;
import vini.forwarder.io.TunDevice;
import vini.net.EtherAddress;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** A tun or tap device with an address: what KernelTun and KernelTap have in common. */
abstract class TunElement extends DescriptorElement {
    private static final int MTU_MIN = 68;
    private static final int MTU_MAX = 65_535;

    /** The device's own address, and its network. */
    private record Own(Ipv4Address address, int prefixLength) {
        static Own parse(AddressNames.Reader names, String text) {
            if (!(names.prefix(text).address() instanceof Ipv4Address)) {
                throw new IllegalArgumentException("'" + text + "' is not of IPv4");
            }
            int slash = text.indexOf('/');
            // The prefix has lost the host's bits, which are the device's address.
            return new Own(
                    slash < 0 ? names.ip(text) : names.ip(text.substring(0, slash)),
                    names.prefix(text).length());
        }
    }

    private Own own = new Own(Ipv4Address.ANY, 0);
    private Ipv4Address gateway = Ipv4Address.ANY;
    private String wantedName = "";
    private String namespace = "";
    private int mtu;
    private int burst;
    private @Nullable TunDevice device;
    private Runnable watch = () -> {};

    @SuppressWarnings("NullAway.Init") // the following are set by open
    private DropCounter tooLong;

    @SuppressWarnings("NullAway.Init")
    DropCounter notIp;

    /** The device's Ethernet address, if it has one. */
    abstract @Nullable EtherAddress ether();

    /** Bytes before the IP packet. */
    abstract int headerBytes();

    /** Finds the headers of what was read and emits it. */
    abstract void take(Packet packet);

    private static String deviceName(String text) {
        return new NetworkDevice(null, ArgumentTypes.string(text)).name();
    }

    final void configureTun(Arguments arguments) throws ConfigException {
        AddressNames.Reader names = addresses();
        own = arguments.required("ADDR", text -> Own.parse(names, text));
        gateway = arguments.optional("GATEWAY", names::ip, Ipv4Address.ANY);
        mtu = arguments.keyword("MTU", ArgumentTypes.integer(MTU_MIN, MTU_MAX), 1500);
        burst = arguments.keyword("BURST", ArgumentTypes.integer(1, 1024), ROUND);
        int _ = arguments.keyword("HEADROOM", ArgumentTypes.integer(0, MTU_MAX), 0);
        boolean _ = arguments.keyword("IGNORE_QUEUE_OVERFLOWS", ArgumentTypes::bool, false);
        wantedName = arguments.keyword("DEVNAME", TunElement::deviceName, "");
        namespace = arguments.keyword("NETNS", ArgumentTypes::string, "");
        boolean isOutside =
                !new Prefix(own.address, own.prefixLength).contains(gateway)
                        && !gateway.equals(Ipv4Address.ANY);
        if (isOutside) {
            throw new ConfigException("GATEWAY: " + gateway + " is not in the device's network");
        }
    }

    @Override
    void prepare() {
        tooLong = drops("tooLong");
        notIp = drops("notIp");
    }

    @Override
    void open(Loop.Io io) throws IOException {
        String where = namespace.isEmpty() ? null : namespace;
        EtherAddress ether = ether();
        TunDevice attached =
                ether == null
                        ? TunDevice.attach(
                                where,
                                wantedName.isEmpty() ? "tun%d" : wantedName,
                                TunDevice.Offload.NONE)
                        : TunDevice.attachTap(where, wantedName.isEmpty() ? "tap%d" : wantedName);
        device = attached;
        setUp(attached);
        watch = io.watch(attached.fd(), this::receive);
    }

    private NetworkDevice networkDevice(TunDevice attached) {
        return new NetworkDevice(namespace.isEmpty() ? null : namespace, attached.name());
    }

    private void setUp(TunDevice attached) throws IOException {
        EtherAddress ether = ether();
        NetworkDevice set = networkDevice(attached);
        if (ether != null) {
            set.hardwareAddress(ether);
        }
        set.mtu(mtu);
        set.address(own.address, own.prefixLength);
        set.up();
        if (!gateway.equals(Ipv4Address.ANY)) {
            set.addRoute(new Prefix(Ipv4Address.ANY, 0), gateway);
        }
    }

    /** Tells the kernel what another element has told otherwise. */
    private void change(TunDevice adopted, TunElement before) throws IOException {
        NetworkDevice set = networkDevice(adopted);
        boolean sameWays = own.equals(before.own) && gateway.equals(before.gateway);
        if (!sameWays || !Objects.equals(ether(), before.ether())) {
            // With it go the routes, which lead elsewhere now.
            set.down();
            setUp(adopted);
        } else if (mtu != before.mtu) {
            set.mtu(mtu);
        }
    }

    @Override
    boolean isOpen() {
        return device != null;
    }

    @Override
    Object place() {
        return List.of(wantedName, namespace);
    }

    @Override
    void adopt(DescriptorElement before, Loop.Io io) {
        TunElement other = (TunElement) before;
        TunDevice adopted = other.device;
        other.watch.run();
        other.watch = () -> {};
        other.device = null;
        device = adopted;
        if (adopted == null) {
            return;
        }
        try {
            change(adopted, other);
        } catch (IOException e) {
            chatter(name() + ": " + adopted.name() + ": " + e.getMessage());
        }
        watch = io.watch(adopted.fd(), this::receive);
    }

    private void receive() {
        TunDevice from = device;
        for (int i = 0; i < burst && from != null && from.equals(device); i++) {
            Packet packet = loop().packets().allocate(mtu + headerBytes());
            long length = PacketCalls.read(from.fd(), packet.address(), packet.length());
            if (length <= 0) {
                packet.kill();
                if (length != -Errno.EAGAIN) {
                    // The device is gone with its namespace; its descriptor would wake us forever.
                    watch.run();
                    watch = () -> {};
                }
                break;
            }
            packet.truncate((int) length);
            stamp(packet, 0);
            count.increment();
            take(packet);
        }
        flushOutputs();
    }

    @Override
    long write(Packet packet) {
        TunDevice to = device;
        return to == null
                ? -Errno.EIO
                : packet.length() > mtu + headerBytes()
                        ? -Errno.EINVAL
                        : PacketCalls.write(to.fd(), packet.address(), packet.length());
    }

    @Override
    void failed(Packet packet, DropCounter reason) {
        (packet.length() > mtu + headerBytes() ? tooLong : reason).drop(packet);
    }

    @Override
    protected void close() {
        super.close();
        watch.run();
        close(device == null ? CLOSED : device.fd());
        device = null;
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        handlers.read("dev_name", () -> device == null ? "" : device.name());
        handlers.read("count", count::value);
        handlers.write("reset_counts", value -> count.reset());
    }
}
