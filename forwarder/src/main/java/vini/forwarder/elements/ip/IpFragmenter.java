package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.PacketPool;
import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;

/**
 * Splits IPv4 packets that are longer than MTU bytes (28-65535) into fragments (RFC 791 3.2), in
 * order; other packets pass unchanged.
 *
 * <p>Output 0 gets packets and fragments; these have the packet's annotations, and only the first
 * has what stood before the IP header. Options are copied into later fragments if they say so.
 * Output 1 gets packets that are too long and must not be fragmented; it usually leads to {@code
 * ICMPError(ADDR, unreachable, needfrag)}; unwired, it drops them.
 *
 * <pre>{@code
 * ... -> fr :: IPFragmenter(1024) -> Queue(20) -> ...;
 * fr[1] -> ICMPError(18.26.4.24, unreachable, needfrag, PMTU 1024) -> ...;
 * }</pre>
 *
 * <p>Arguments:
 *
 * <ul>
 *   <li>HONOR_DF: false fragments packets that must not be, too (default true)
 *   <li>VERBOSE: true prints a line about each packet that must not be fragmented, not only about
 *       the first five
 *   <li>HEADROOM: bytes of room before each fragment, 0-1024 (default 64)
 * </ul>
 *
 * <p>Handlers: {@code drops} (packets that were too long and must not be fragmented), {@code
 * fragments} (read).
 */
@AutoService(Element.class)
@ElementClass(
        name = "IPFragmenter",
        ports = "1/1-2",
        processing = "h/h",
        drops = {"noIpHeader", "tooLong"})
public final class IpFragmenter extends Element {
    private static final int MTU_MIN = Ipv4Header.BYTES + 8;
    private static final int LINES_MAX = 5;
    private static final int COPIED = 0x80;

    private final Counter refused = counter();
    private final Counter fragments = counter();
    private int mtu;
    private int headroom;
    private boolean honorDontFragment;
    private boolean verbose;
    private Counter sent = new Counter();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooLong;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noHeader;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        mtu = arguments.required("MTU", ArgumentTypes.integer(MTU_MIN, 0xffff));
        honorDontFragment = arguments.optional("HONOR_DF", ArgumentTypes::bool, true);
        verbose = arguments.optional("VERBOSE", ArgumentTypes::bool, false);
        headroom =
                arguments.keyword("HEADROOM", ArgumentTypes.integer(0, 1024), PacketPool.HEADROOM);
    }

    @Override
    protected void initialize() {
        sent = sent();
        tooLong = drops("tooLong");
        noHeader = drops(IpBounds.NO_HEADER);
    }

    /** Packets and fragments leave in the order in which they came. */
    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = simpleAction(batch.get(i));
            if (packet != null) {
                output(0).add(packet);
            }
        }
        batch.recycle();
        flushOutputs();
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (!IpBounds.hasHeader(packet)) {
            noHeader.drop(packet);
            return null;
        }
        int header = packet.networkHeader();
        if (IpBounds.end(packet) - header <= mtu) {
            return packet;
        }
        int flags = packet.u16(header + Ipv4Header.FRAGMENT_AT);
        boolean mayNot = honorDontFragment && (flags & Ipv4Header.DONT_FRAGMENT) != 0;
        if (mayNot || mtu - IpBounds.headerLength(packet) < 8) {
            refused.increment();
            say(packet, header);
            addOrDrop(1, packet, tooLong);
        } else {
            fragment(packet.writable(), header);
        }
        return null;
    }

    private void say(Packet packet, int header) {
        if (verbose || refused.value() <= LINES_MAX) {
            chatter(
                    name()
                            + ": "
                            + new Ipv4Address(packet.i32(header + Ipv4Header.SOURCE_AT))
                            + " > "
                            + new Ipv4Address(packet.i32(header + Ipv4Header.DESTINATION_AT))
                            + " needs fragments, but must not have them");
        }
    }

    private void fragment(Packet packet, int header) {
        int headerLength = IpBounds.headerLength(packet);
        int word = packet.u16(header + Ipv4Header.FRAGMENT_AT);
        int end = IpBounds.end(packet);
        int offset = (word & Ipv4Header.FRAGMENT_OFFSET_MASK) << 3;
        int more = word & Ipv4Header.MORE_FRAGMENTS;
        int payload = header + headerLength;
        int firstBytes = mtu - headerLength & ~7;
        byte[] laterHeader = laterHeader(packet, header, headerLength);
        int at = payload + firstBytes;
        int laterBytes = mtu - laterHeader.length & ~7;

        // The first is the packet itself, so its later parts are copied out before it is cut.
        Packet[] later = new Packet[(end - at + laterBytes - 1) / laterBytes];
        for (int i = 0; i < later.length; i++, at += laterBytes) {
            int bytes = Math.min(laterBytes, end - at);
            boolean last = at + bytes == end;
            int place = offset + at - payload >>> 3;
            later[i] = later(packet, laterHeader, at, bytes);
            finish(later[i], 0, (last ? more : Ipv4Header.MORE_FRAGMENTS) | place);
        }
        packet.truncate(payload + firstBytes);
        finish(packet, header, offset >>> 3 | Ipv4Header.MORE_FRAGMENTS);
        output(0).add(packet);
        for (Packet one : later) {
            output(0).add(one);
        }
        sent.add(later.length);
        fragments.add(later.length + 1L);
    }

    private Packet later(Packet packet, byte[] laterHeader, int at, int bytes) {
        int extra = Math.max(0, headroom - PacketPool.HEADROOM);
        Packet fragment = loop().packets().allocate(extra + laterHeader.length + bytes);
        fragment.strip(extra);
        fragment.copyAnnotations(packet);
        fragment.buffer().setBytes(fragment.start(), laterHeader);
        fragment.buffer()
                .setBytes(
                        fragment.start() + laterHeader.length,
                        packet.buffer(),
                        packet.start() + at,
                        bytes);
        fragment.macHeader(0);
        fragment.networkHeader(0);
        return fragment;
    }

    /** Writes length, fragment word and checksum. */
    private static void finish(Packet packet, int header, int word) {
        int headerLength = IpBounds.headerLength(packet);
        packet.set16(header + Ipv4Header.TOTAL_LENGTH_AT, packet.length() - header);
        packet.set16(header + Ipv4Header.FRAGMENT_AT, word);
        packet.transportHeader(header + headerLength);
        IpFields.seal(packet, header, headerLength);
    }

    /** The header for all fragments but the first: with those options that are to be copied. */
    private static byte[] laterHeader(Packet packet, int header, int length) {
        byte[] bytes = new byte[length];
        packet.buffer().getBytes(packet.start() + header, bytes);
        int kept = Ipv4Header.BYTES;
        for (int at = Ipv4Header.BYTES; at + 1 < length && bytes[at] != 0; ) {
            int size = bytes[at] == 1 ? 1 : bytes[at + 1] & 0xff;
            if (size == 0 || bytes[at] != 1 && size < 2 || at + size > length) {
                break; // what cannot be read is not copied
            }
            if ((bytes[at] & COPIED) != 0) {
                System.arraycopy(bytes, at, bytes, kept, size);
                kept += size;
            }
            at += size;
        }
        byte[] copy = new byte[kept + 3 & ~3]; // filled up with "end of options"
        System.arraycopy(bytes, 0, copy, 0, kept);
        copy[0] = (byte) (0x40 | copy.length >>> 2);
        return copy;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("drops", refused::value).read("fragments", fragments::value);
    }
}
