package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.Checksum;
import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;

/**
 * Writes an address into each packet at OFFSET: with one argument the destination annotation (if it
 * is not zero), with two, {@code StoreIPAddress(ADDR, OFFSET)}, always ADDR.
 *
 * <p>OFFSET is a number of bytes, or {@code src} or {@code dst}: that field of the IP header, whose
 * checksum, and that of TCP and UDP, is then repaired. Packets that are too short go to output 1,
 * or are dropped.
 *
 * <pre>{@code
 * ... -> CheckIPHeader -> StoreIPAddress(10.0.0.1, src) -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(
        name = "StoreIPAddress",
        ports = "1/1-2",
        processing = "a/ah",
        drops = "offsetOutOfRange")
public final class StoreIpAddress extends Element {
    private static final int SOURCE = -1;
    private static final int DESTINATION = -2;
    private static final int TCP_CHECKSUM_AT = 16;
    private static final int UDP_CHECKSUM_AT = 6;

    private int offset;

    /** None: the destination annotation of each packet. */
    private @Nullable Ipv4Address address;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter outOfRange;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        String first = arguments.required("OFFSET", text -> text);
        String second = arguments.optional("OFFSET", text -> text, "");
        try {
            address = second.isEmpty() ? null : addresses().ip(first);
            offset = offset(second.isEmpty() ? first : second);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private static int offset(String text) {
        return switch (text) {
            case "src" -> SOURCE;
            case "dst" -> DESTINATION;
            default -> ArgumentTypes.integer(0, 1 << 16).apply(text);
        };
    }

    @Override
    protected void initialize() {
        outOfRange = drops("offsetOutOfRange");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        int bits = address == null ? packet.destination() : address.bits();
        if (address == null && bits == 0) {
            return packet;
        }
        boolean there =
                offset < 0 ? IpBounds.hasFixedHeader(packet) : offset <= packet.length() - 4;
        if (!there) {
            addOrDrop(1, packet, outOfRange);
            return null;
        }
        Packet mine = packet.writable();
        if (offset >= 0) {
            mine.set32(offset, bits);
        } else {
            store(mine, offset == SOURCE ? Ipv4Header.SOURCE_AT : Ipv4Header.DESTINATION_AT, bits);
        }
        return mine;
    }

    private static void store(Packet packet, int at, int bits) {
        int header = packet.networkHeader();
        int old = packet.i32(header + at);
        IpFields.setAddress(packet, header, at, bits);
        int transport = header + IpBounds.headerLength(packet);
        int protocol = packet.u8(header + Ipv4Header.PROTOCOL_AT);
        if (!IpBounds.hasHeader(packet) || IpBounds.fragmentOffset(packet) != 0) {
            return;
        }
        if (protocol == Ipv4Header.TCP && transport + TCP_CHECKSUM_AT + 2 <= packet.length()) {
            int sum = packet.u16(transport + TCP_CHECKSUM_AT);
            packet.set16(transport + TCP_CHECKSUM_AT, updated(sum, old, bits));
        }
        if (protocol == Ipv4Header.UDP && transport + UDP_CHECKSUM_AT + 2 <= packet.length()) {
            int sum = packet.u16(transport + UDP_CHECKSUM_AT);
            if (sum != 0) { // none was computed, RFC 768
                int updated = updated(sum, old, bits);
                packet.set16(transport + UDP_CHECKSUM_AT, updated == 0 ? 0xffff : updated);
            }
        }
    }

    /** The checksum of a segment whose pseudo-header has another address. */
    private static int updated(int checksum, int old, int address) {
        int high = Checksum.update(checksum, old >>> 16, address >>> 16);
        return Checksum.update(high, old & 0xffff, address & 0xffff);
    }
}
