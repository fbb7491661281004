package vini.overlay.host;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.Errno;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.TunDevice;
import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.io.IOException;
import java.util.List;

/**
 * The place of a kernel host: a network namespace whose only way out is the device {@link #DEVICE},
 * tun or tap, with the host's addresses and default routes. The device is persistent: a forwarder
 * attaches to it with {@link TunDevice#attach} or {@link TunDevice#attachTap}, and addresses,
 * routes and TCP connections outlive that forwarder.
 */
public final class KernelNamespace implements AutoCloseable {
    public static final String DEVICE = "vini0";

    /**
     * The next hop of a host behind an Ethernet device: link-local (RFC 3927), so that it is no
     * address of the slice's, and the same everywhere. The node answers ARP for it.
     */
    public static final Ipv4Address GATEWAY = new Ipv4Address(0xa9fe0101);

    /** A super-packet of this size still fits one datagram train after encapsulation. */
    private static final int SEGMENTATION_BYTES_MAX = 60_000;

    /**
     * What waits in the device while the forwarder does not get a processor: about 100 milliseconds
     * of 1 Gb/s. With the usual 500 packets what a program sends is lost before it is on its way.
     */
    private static final int QUEUE_PACKETS = 10_000;

    private static final String ANYBODY = "0 2147483647";

    private final NetworkNamespace namespace;

    private KernelNamespace(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    /**
     * Makes the namespace and all in it, with a tun device.
     *
     * @param addresses each alone, a /32 or /128; the first of each family is the source of what
     *     the host sends
     * @param mtuBytes of the device: 68-65535, and at least 1280 with an IPv6 address
     */
    public static KernelNamespace create(List<IpAddress> addresses, int mtuBytes)
            throws IOException {
        return create(addresses, mtuBytes, null);
    }

    /** The same with a tap device: an Ethernet, whose gateway is {@link #GATEWAY}. */
    public static KernelNamespace createEthernet(List<IpAddress> addresses, int mtuBytes)
            throws IOException {
        return create(addresses, mtuBytes, GATEWAY);
    }

    private static KernelNamespace create(
            List<IpAddress> addresses, int mtuBytes, @Nullable Ipv4Address gateway)
            throws IOException {
        return new KernelNamespace(
                NetworkNamespace.create(
                        () -> {
                            setUp(addresses, mtuBytes, gateway);
                            return null;
                        }));
    }

    private static void setUp(
            List<IpAddress> addresses, int mtuBytes, @Nullable Ipv4Address gateway)
            throws IOException {
        openPingSockets();
        quietIpv6(addresses.stream().anyMatch(a -> !isIpv4(a)));
        try (TunDevice device =
                        gateway == null
                                ? TunDevice.attach(null, DEVICE, TunDevice.Offload.VIRTIO)
                                : TunDevice.attachTap(null, DEVICE);
                Rtnetlink rtnetlink = Rtnetlink.open(null)) {
            device.persist(true);
            setUp(rtnetlink, addresses, mtuBytes, gateway);
        }
    }

    private static void setUp(
            Rtnetlink rtnetlink,
            List<IpAddress> addresses,
            int mtuBytes,
            @Nullable Ipv4Address gateway)
            throws LibcException {
        rtnetlink.up(rtnetlink.index("lo"));
        int device = rtnetlink.index(DEVICE);
        rtnetlink.mtu(device, mtuBytes);
        rtnetlink.segmentationMax(device, SEGMENTATION_BYTES_MAX);
        rtnetlink.queueLength(device, QUEUE_PACKETS);
        for (IpAddress address : addresses) {
            rtnetlink.addAddress(device, address, address.bitLength(), null);
        }
        rtnetlink.up(device);
        @Nullable IpAddress source = first(addresses, true);
        if (source != null && gateway != null) {
            rtnetlink.addRoute(Prefix.host(gateway), device, null, source);
        }
        if (source != null) {
            rtnetlink.addRoute(Prefix.parse("0.0.0.0/0"), device, gateway, source);
        }
        @Nullable IpAddress source6 = first(addresses, false);
        if (source6 != null) {
            rtnetlink.addRoute(Prefix.parse("::/0"), device, null, source6);
        }
    }

    private static @Nullable IpAddress first(List<IpAddress> addresses, boolean ipv4) {
        for (IpAddress address : addresses) {
            if (isIpv4(address) == ipv4) {
                return address;
            }
        }
        return null;
    }

    private static boolean isIpv4(IpAddress address) {
        return address instanceof Ipv4Address;
    }

    /** Lets every user's ping open an ICMP socket without rights; new namespaces forbid it. */
    private static void openPingSockets() throws LibcException {
        try {
            NetworkNamespace.writeSysctl("ipv4/ping_group_range", ANYBODY);
        } catch (LibcException e) {
            if (e.errno() != Errno.EINVAL) {
                throw e;
            }
            // A user namespace knows the one group that is mapped into it.
            NetworkNamespace.writeSysctl("ipv4/ping_group_range", "0 0");
        }
    }

    /** No solicitations and no link-local address; without IPv6 addresses no IPv6 at all. */
    private static void quietIpv6(boolean used) throws LibcException {
        try {
            for (String scope : List.of("all", "default")) {
                String folder = "ipv6/conf/" + scope + "/";
                NetworkNamespace.writeSysctl(folder + "accept_ra", "0");
                NetworkNamespace.writeSysctl(folder + "router_solicitations", "0");
                NetworkNamespace.writeSysctl(folder + "addr_gen_mode", "1");
                NetworkNamespace.writeSysctl(folder + "disable_ipv6", used ? "0" : "1");
            }
        } catch (LibcException e) {
            if (used || e.errno() != Errno.ENOENT) {
                throw e; // a kernel without IPv6 is quiet by itself
            }
        }
    }

    public NetworkNamespace namespace() {
        return namespace;
    }

    /** See {@link NetworkNamespace#path()}. */
    public String path() {
        return namespace.path();
    }

    @Override
    public void close() throws LibcException {
        namespace.close();
    }
}
