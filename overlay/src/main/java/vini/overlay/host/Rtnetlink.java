package vini.overlay.host;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.Errno;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.Namespace;
import vini.forwarder.io.Sockaddr;
import vini.net.IpAddress;
import vini.net.Prefix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Devices, addresses and routes of one network namespace, by a netlink socket that was opened in it
 * and may be used from any thread (one at a time). Each change is acknowledged by the kernel; a
 * refusal is a {@link LibcException} that names the change.
 */
public final class Rtnetlink implements AutoCloseable {
    static final int NLM_F_REQUEST = 0x1;
    static final int NLM_F_ACK = 0x4;
    static final int NLM_F_EXCL = 0x200;
    static final int NLM_F_CREATE = 0x400;

    static final int RTM_NEWLINK = 16;
    static final int RTM_DELLINK = 17;
    static final int RTM_GETLINK = 18;
    static final int RTM_NEWADDR = 20;
    static final int RTM_NEWROUTE = 24;

    static final int RT_TABLE_MAIN = 254;
    static final int RTPROT_STATIC = 4;
    static final int RTN_UNICAST = 1;
    static final int RT_SCOPE_UNIVERSE = 0;
    static final int RT_SCOPE_LINK = 253;

    static final int IFLA_IFNAME = 3;
    static final int IFLA_MTU = 4;
    static final int IFLA_TXQLEN = 13;
    static final int IFLA_LINKINFO = 18;
    static final int IFLA_NET_NS_FD = 28;
    static final int IFLA_GSO_MAX_SIZE = 41;
    static final int IFLA_INFO_KIND = 1;
    static final int IFLA_INFO_DATA = 2;
    static final int VETH_INFO_PEER = 1;
    static final int IFA_ADDRESS = 1;
    static final int IFA_LOCAL = 2;
    static final int IFA_FLAGS = 8;
    static final int RTA_DST = 1;
    static final int RTA_OIF = 4;
    static final int RTA_GATEWAY = 5;
    static final int RTA_PRIORITY = 6;
    static final int RTA_PREFSRC = 7;

    private static final int NETLINK_ROUTE = 0;
    private static final int NLMSG_ERROR = 2;
    private static final int IFF_UP = 1;
    private static final int IFF_LOWER_UP = 1 << 16;
    private static final int IFA_F_NODAD = 2;
    private static final int IFINFO_INDEX_AT = NetlinkMessage.HEADER_BYTES + 4;
    private static final int IFINFO_FLAGS_AT = IFINFO_INDEX_AT + Integer.BYTES;
    private static final int ANSWER_BYTES_MAX = 32 * 1024;

    private final int fd;
    private int sequence;

    private Rtnetlink(int fd) {
        this.fd = fd;
    }

    /**
     * Opens the socket inside a namespace.
     *
     * @param namespace see {@link Namespace#within}
     */
    public static Rtnetlink open(@Nullable String namespace) throws IOException {
        return new Rtnetlink(
                Namespace.within(
                        namespace,
                        () -> Libc.socket(Sockaddr.AF_NETLINK, Libc.SOCK_RAW, NETLINK_ROUTE)));
    }

    /** The index of a device, greater than 0. */
    public int index(String device) throws LibcException {
        ByteBuffer answer =
                ask(
                        "find device " + device,
                        new NetlinkMessage(RTM_GETLINK, 0)
                                .link(0, 0, 0)
                                .attribute(IFLA_IFNAME, name(device)));
        if (answer.limit() < IFINFO_INDEX_AT + Integer.BYTES) {
            throw new LibcException("rtnetlink: find device " + device, Errno.EIO);
        }
        return answer.getInt(IFINFO_INDEX_AT);
    }

    /** Whether there is a device of that name that is up and has a carrier. */
    public boolean hasCarrier(String device) throws LibcException {
        try {
            ByteBuffer answer =
                    ask(
                            "ask for device " + device,
                            new NetlinkMessage(RTM_GETLINK, 0)
                                    .link(0, 0, 0)
                                    .attribute(IFLA_IFNAME, name(device)));
            int wanted = IFF_UP | IFF_LOWER_UP;
            return answer.limit() >= IFINFO_FLAGS_AT + Integer.BYTES
                    && (answer.getInt(IFINFO_FLAGS_AT) & wanted) == wanted;
        } catch (LibcException e) {
            if (e.errno() == Errno.ENODEV) {
                return false;
            }
            throw e;
        }
    }

    public void up(int index) throws LibcException {
        ask("bring up device " + index, change(RTM_NEWLINK).link(index, IFF_UP, IFF_UP));
    }

    public void down(int index) throws LibcException {
        ask("bring down device " + index, change(RTM_NEWLINK).link(index, 0, IFF_UP));
    }

    public void mtu(int index, int bytes) throws LibcException {
        ask(
                "set the MTU of device " + index + " to " + bytes,
                change(RTM_NEWLINK).link(index, 0, 0).attribute(IFLA_MTU, bytes));
    }

    /** The largest TCP or UDP super-packet that the stack hands to the device, in bytes. */
    public void segmentationMax(int index, int bytes) throws LibcException {
        ask(
                "set gso_max_size of device " + index + " to " + bytes,
                change(RTM_NEWLINK).link(index, 0, 0).attribute(IFLA_GSO_MAX_SIZE, bytes));
    }

    /** How many packets or super-packets wait in the device at most. */
    public void queueLength(int index, int packets) throws LibcException {
        ask(
                "set the queue length of device " + index + " to " + packets,
                change(RTM_NEWLINK).link(index, 0, 0).attribute(IFLA_TXQLEN, packets));
    }

    /**
     * Makes a wire: two Ethernet devices (veth) of which each gets what the other sends.
     *
     * @param device the end in this namespace
     * @param other the namespace of the other end
     * @param otherDevice its name there
     */
    public void addWire(String device, NetworkNamespace other, String otherDevice)
            throws LibcException {
        NetlinkMessage message =
                new NetlinkMessage(RTM_NEWLINK, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL)
                        .link(0, 0, 0)
                        .attribute(IFLA_IFNAME, name(device));
        int info = message.open(IFLA_LINKINFO);
        message.attribute(IFLA_INFO_KIND, name("veth"));
        int data = message.open(IFLA_INFO_DATA);
        int peer = message.open(VETH_INFO_PEER);
        message.link(0, 0, 0)
                .attribute(IFLA_IFNAME, name(otherDevice))
                .attribute(IFLA_NET_NS_FD, other.descriptor());
        message.close(peer).close(data).close(info);
        ask("make the wire " + device + " to " + otherDevice, message);
    }

    private static byte[] name(String device) {
        return (device + '\0').getBytes(StandardCharsets.US_ASCII);
    }

    /** Removes a device. */
    public void delete(int index) throws LibcException {
        ask("delete device " + index, change(RTM_DELLINK).link(index, 0, 0));
    }

    /** Adds an address to a device; {@code peer} is the other end of a point-to-point device. */
    public void addAddress(int index, IpAddress address, int prefixLength, @Nullable IpAddress peer)
            throws LibcException {
        ask(
                "add address " + address + "/" + prefixLength + " to device " + index,
                address(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, index, address, prefixLength, peer)
                        .attribute(IFA_FLAGS, IFA_F_NODAD));
    }

    /**
     * Adds a route by a device.
     *
     * @param gateway the next hop, or null when the destination is on the device itself
     * @param source the address that local programs send from, or null for the kernel's choice
     */
    public void addRoute(
            Prefix destination, int index, @Nullable IpAddress gateway, @Nullable IpAddress source)
            throws LibcException {
        addRoute(destination, index, gateway, source, 0);
    }

    /**
     * Adds a route by a device, beside others to the same destination.
     *
     * @param metric of several routes the one with the lowest is taken; no two have the same
     */
    public void addRoute(
            Prefix destination,
            int index,
            @Nullable IpAddress gateway,
            @Nullable IpAddress source,
            int metric)
            throws LibcException {
        int scope =
                gateway == null && destination.address().bitLength() == 32
                        ? RT_SCOPE_LINK
                        : RT_SCOPE_UNIVERSE;
        NetlinkMessage message =
                new NetlinkMessage(RTM_NEWROUTE, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL)
                        .route(destination.address(), destination.length(), scope)
                        .attribute(RTA_DST, destination.address().toBytes())
                        .attribute(RTA_OIF, index);
        if (gateway != null) {
            message.attribute(RTA_GATEWAY, gateway.toBytes());
        }
        if (source != null) {
            message.attribute(RTA_PREFSRC, source.toBytes());
        }
        if (metric != 0) {
            message.attribute(RTA_PRIORITY, metric);
        }
        ask("add route " + destination + " by device " + index, message);
    }

    private static NetlinkMessage change(int type) {
        return new NetlinkMessage(type, NLM_F_ACK);
    }

    static NetlinkMessage address(
            int type,
            int flags,
            int index,
            IpAddress address,
            int prefixLength,
            @Nullable IpAddress peer) {
        return new NetlinkMessage(type, NLM_F_ACK | flags)
                .address(address, prefixLength, index)
                .attribute(IFA_LOCAL, address.toBytes())
                .attribute(IFA_ADDRESS, (peer == null ? address : peer).toBytes());
    }

    private ByteBuffer ask(String what, NetlinkMessage message) throws LibcException {
        int asked = ++sequence;
        Libc.sendto(fd, message.bytes(asked), 0, Sockaddr.netlink());
        byte[] room = new byte[ANSWER_BYTES_MAX];
        while (true) {
            int length = Libc.recv(fd, room, 0);
            ByteBuffer answer = ByteBuffer.wrap(room, 0, length).order(ByteOrder.nativeOrder());
            if (length < NetlinkMessage.HEADER_BYTES + Integer.BYTES
                    || answer.getInt(NetlinkMessage.SEQUENCE_AT) != asked) {
                continue; // the rest of an answer that a failure left unread
            }
            int error = answer.getInt(NetlinkMessage.HEADER_BYTES);
            if (answer.getShort(NetlinkMessage.TYPE_AT) == NLMSG_ERROR && error != 0) {
                throw new LibcException("rtnetlink: " + what, -error);
            }
            return answer;
        }
    }

    @Override
    public void close() throws LibcException {
        Libc.close(fd);
    }
}
