package vini.net.wire;

import io.netty.buffer.ByteBuf;

/**
 * Offsets and numbers of the Ethernet header (IEEE 802.3 3.1) and of the VLAN tag that may follow
 * its addresses (IEEE 802.1Q 9.3). Addresses are 48 bits in a long, as in {@link
 * vini.net.EtherAddress}.
 */
public final class EtherHeader {
    /** Both addresses and the type. */
    public static final int BYTES = 14;

    public static final int DESTINATION_AT = 0;
    public static final int SOURCE_AT = 6;
    public static final int TYPE_AT = 12;

    /** The bytes that a VLAN tag adds: its type and its control information. */
    public static final int VLAN_BYTES = 4;

    /** Where the tag control information stands in a tagged frame. */
    public static final int VLAN_TCI_AT = 14;

    public static final int IPV4 = 0x0800;
    public static final int ARP = 0x0806;
    public static final int VLAN = 0x8100;
    public static final int IPV6 = 0x86dd;

    /** MAC control, of which pause is one (IEEE 802.3 31). */
    public static final int MAC_CONTROL = 0x8808;

    /** The shortest frame, without its check sequence. */
    public static final int FRAME_BYTES_MIN = 60;

    private EtherHeader() {}

    /** The address at that index. */
    public static long address(ByteBuf bytes, int index) {
        return (long) bytes.getUnsignedShort(index) << 32 | bytes.getUnsignedInt(index + 2);
    }

    /** Writes an address at that index. */
    public static void setAddress(ByteBuf bytes, int index, long address) {
        bytes.setShort(index, (int) (address >>> 32));
        bytes.setInt(index + 2, (int) address);
    }

    /** Writes a header at that index. */
    public static void set(ByteBuf bytes, int index, long destination, long source, int type) {
        setAddress(bytes, index + DESTINATION_AT, destination);
        setAddress(bytes, index + SOURCE_AT, source);
        bytes.setShort(index + TYPE_AT, type);
    }
}
