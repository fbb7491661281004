package vini.forwarder.io;

import org.jspecify.annotations.Nullable;

import vini.net.EtherAddress;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A network device by its name, read and set by ioctl (netdevice(7)): no tool is run. Each call
 * opens a socket in the device's namespace and closes it again.
 *
 * @param namespace see {@link Namespace#within}
 */
public record NetworkDevice(@Nullable String namespace, String name) {
    /** {@code ARPHRD_ETHER} of linux/if_arp.h. */
    public static final int TYPE_ETHERNET = 1;

    /** {@code ARPHRD_LOOPBACK}: its packets have an Ethernet header, too. */
    public static final int TYPE_LOOPBACK = 772;

    /** {@code ARPHRD_NONE}: a tun device. */
    public static final int TYPE_NONE = 65_534;

    // linux/sockios.h
    private static final long SIOCADDRT = 0x890b;
    private static final long SIOCGIFFLAGS = 0x8913;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final long SIOCSIFADDR = 0x8916;
    private static final long SIOCSIFNETMASK = 0x891c;
    private static final long SIOCSIFMTU = 0x8922;
    private static final long SIOCSIFHWADDR = 0x8924;
    private static final long SIOCGIFHWADDR = 0x8927;
    private static final long SIOCGIFINDEX = 0x8933;

    private static final int IFF_UP = 1;
    private static final int IFREQ_BYTES = 40;
    private static final int NAME_BYTES = 16;

    /** struct rtentry of linux/route.h, where pointers have 8 bytes. */
    private static final int ROUTE_BYTES = 120;

    private static final int ROUTE_DESTINATION_AT = 8;
    private static final int ROUTE_GATEWAY_AT = 24;
    private static final int ROUTE_MASK_AT = 40;
    private static final int ROUTE_FLAGS_AT = 56;
    private static final int RTF_UP_GATEWAY = 0x0003;

    public NetworkDevice {
        int length = name.getBytes(StandardCharsets.US_ASCII).length;
        if (length == 0 || length >= NAME_BYTES) {
            throw new IllegalArgumentException(
                    "the device name \"" + name + "\" must have 1-" + (NAME_BYTES - 1) + " bytes");
        }
    }

    /** Its number in the namespace. */
    public int index() throws IOException {
        return get("SIOCGIFINDEX", SIOCGIFINDEX).getInt(NAME_BYTES);
    }

    /** What kind of header its packets have: one of the constants, or another of if_arp.h. */
    public int hardwareType() throws IOException {
        return get("SIOCGIFHWADDR", SIOCGIFHWADDR).getShort(NAME_BYTES) & 0xffff;
    }

    /** Sets the address and the length of its network's prefix. */
    public void address(Ipv4Address address, int prefixLength) throws IOException {
        Ipv4Address mask = new Ipv4Address(Ipv4Address.mask(prefixLength));
        set("SIOCSIFADDR", SIOCSIFADDR, Sockaddr.ip(address, 0));
        set("SIOCSIFNETMASK", SIOCSIFNETMASK, Sockaddr.ip(mask, 0));
    }

    /** Sets the Ethernet address; the device must be down. */
    public void hardwareAddress(EtherAddress address) throws IOException {
        ByteBuffer value = ByteBuffer.allocate(2 + EtherAddress.BYTES);
        value.order(ByteOrder.nativeOrder()).putShort((short) TYPE_ETHERNET);
        for (int shift = 40; shift >= 0; shift -= 8) {
            value.put((byte) (address.bits() >>> shift));
        }
        set("SIOCSIFHWADDR", SIOCSIFHWADDR, value.array());
    }

    public void mtu(int bytes) throws IOException {
        set("SIOCSIFMTU", SIOCSIFMTU, number(bytes));
    }

    public void up() throws IOException {
        flags(flags() | IFF_UP);
    }

    public void down() throws IOException {
        flags(flags() & ~IFF_UP);
    }

    private int flags() throws IOException {
        return get("SIOCGIFFLAGS", SIOCGIFFLAGS).getShort(NAME_BYTES);
    }

    private void flags(int flags) throws IOException {
        ByteBuffer value = ByteBuffer.allocate(2).order(ByteOrder.nativeOrder());
        set("SIOCSIFFLAGS", SIOCSIFFLAGS, value.putShort((short) flags).array());
    }

    /** Adds a route of the namespace through a gateway. */
    public void addRoute(Prefix destination, Ipv4Address gateway) throws IOException {
        Ipv4Address mask = new Ipv4Address(Ipv4Address.mask(destination.length()));
        byte[] entry =
                ByteBuffer.allocate(ROUTE_BYTES)
                        .order(ByteOrder.nativeOrder())
                        .put(ROUTE_DESTINATION_AT, Sockaddr.ip(destination.address(), 0))
                        .put(ROUTE_GATEWAY_AT, Sockaddr.ip(gateway, 0))
                        .put(ROUTE_MASK_AT, Sockaddr.ip(mask, 0))
                        .putShort(ROUTE_FLAGS_AT, (short) RTF_UP_GATEWAY)
                        .array();
        call("SIOCADDRT " + destination, SIOCADDRT, entry);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
    }

    private ByteBuffer get(String what, long request) throws IOException {
        byte[] structure = request(new byte[0]);
        call(what + " " + name, request, structure);
        return ByteBuffer.wrap(structure).order(ByteOrder.nativeOrder());
    }

    private void set(String what, long request, byte[] value) throws IOException {
        call(what + " " + name, request, request(value));
    }

    private byte[] request(byte[] value) {
        return ByteBuffer.allocate(IFREQ_BYTES)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(NAME_BYTES, value)
                .array();
    }

    private void call(String what, long request, byte[] structure) throws IOException {
        int socket =
                Namespace.within(
                        namespace, () -> Libc.socket(Sockaddr.AF_INET, Libc.SOCK_DGRAM, 0));
        try {
            Libc.ioctl(socket, what, request, structure);
        } finally {
            Libc.close(socket);
        }
    }
}
