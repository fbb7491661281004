package vini.overlay.host;

import vini.forwarder.io.Sockaddr;
import vini.net.IpAddress;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One request to rtnetlink(7), built in wire order: header, the structure of its kind, attributes.
 * Numbers are in the machine's order, addresses in network order.
 */
final class NetlinkMessage {
    static final int HEADER_BYTES = 16;

    static final int LENGTH_AT = 0;
    static final int TYPE_AT = 4;
    static final int SEQUENCE_AT = 8;

    private static final int BYTES_MAX = 512;
    private static final int NLA_F_NESTED = 1 << 15;
    private static final int ALIGNMENT = 4;

    private final ByteBuffer bytes;

    /** {@code NLM_F_REQUEST} is added to {@code flags}. */
    NetlinkMessage(int type, int flags) {
        bytes = ByteBuffer.allocate(BYTES_MAX).order(ByteOrder.nativeOrder());
        bytes.putInt(0) // length, known in the end
                .putShort((short) type)
                .putShort((short) (flags | Rtnetlink.NLM_F_REQUEST))
                .putInt(0) // sequence number
                .putInt(0); // port: the kernel's
    }

    /** {@code struct ifinfomsg}; {@code change} says which bits of {@code flags} count. */
    NetlinkMessage link(int index, int flags, int change) {
        bytes.putInt(0).putInt(index).putInt(flags).putInt(change);
        return this;
    }

    /** {@code struct ifaddrmsg}. */
    NetlinkMessage address(IpAddress address, int prefixLength, int index) {
        bytes.put((byte) Sockaddr.family(address)).put((byte) prefixLength);
        bytes.put((byte) 0).put((byte) 0).putInt(index); // flags, scope: universe
        return this;
    }

    /** {@code struct rtmsg} of a unicast route in the main table. */
    NetlinkMessage route(IpAddress destination, int prefixLength, int scope) {
        bytes.put((byte) Sockaddr.family(destination)).put((byte) prefixLength);
        bytes.put((byte) 0).put((byte) 0); // source prefix, type of service
        bytes.put((byte) Rtnetlink.RT_TABLE_MAIN).put((byte) Rtnetlink.RTPROT_STATIC);
        bytes.put((byte) scope).put((byte) Rtnetlink.RTN_UNICAST).putInt(0);
        return this;
    }

    NetlinkMessage attribute(int type, int value) {
        return attribute(
                type,
                ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putInt(value)
                        .array());
    }

    NetlinkMessage attribute(int type, byte[] value) {
        bytes.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        while (bytes.position() % ALIGNMENT != 0) {
            bytes.put((byte) 0);
        }
        return this;
    }

    /** Begins an attribute of attributes; answers where, for {@link #close}. */
    int open(int type) {
        int at = bytes.position();
        bytes.putShort((short) 0).putShort((short) (type | NLA_F_NESTED));
        return at;
    }

    /** Ends an attribute of attributes. */
    NetlinkMessage close(int at) {
        bytes.putShort(at, (short) (bytes.position() - at));
        return this;
    }

    byte[] bytes(int sequence) {
        bytes.putInt(LENGTH_AT, bytes.position()).putInt(SEQUENCE_AT, sequence);
        byte[] message = new byte[bytes.position()];
        bytes.get(0, message);
        return message;
    }
}
