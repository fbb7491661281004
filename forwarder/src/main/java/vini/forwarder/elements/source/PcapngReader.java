package vini.forwarder.elements.source;

import vini.forwarder.capture.Pcapng;
import vini.net.wire.WireException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a pcapng file (draft-ietf-opsawg-pcapng): sections in either byte order, interfaces with
 * their link type and resolution of time, enhanced, simple and obsolete packet blocks. Other blocks
 * are passed over.
 */
final class PcapngReader extends CaptureReader {
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;

    private static final int OPTION_END = 0;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_OFFSET = 14;

    private static final int INTERFACES_MAX = 4096;
    private static final int INTERFACE_BYTES_MAX = 1 << 16;

    /** Type and length before the body, the length again behind it. */
    private static final int FRAME_BYTES = 12;

    private record Interface(Encapsulation encapsulation, long snapLength, TimeUnits units) {}

    private final List<Interface> interfaces = new ArrayList<>();
    private final byte[] word = new byte[4];
    private final byte[] enhanced = new byte[20];

    /** The first four bytes, the type of the first section header, have been read. */
    PcapngReader(DumpInput in) throws IOException, WireException {
        super(in);
        section();
        // So that it is known how packets begin before the first one.
        peekInterface();
    }

    /** A type that was read ahead; 0 (reserved) if none was. */
    private int nextType;

    private void peekInterface() throws IOException, WireException {
        if (in.fill(word, 4)) {
            nextType = header(word).getInt();
            if (nextType == Pcapng.INTERFACE) {
                nextType = 0;
                block(Pcapng.INTERFACE);
                begins(interfaces.getFirst().encapsulation);
            }
        }
    }

    @Override
    boolean next() throws IOException, WireException {
        while (true) {
            int type = nextType;
            nextType = 0;
            if (type == 0) {
                if (!in.fill(word, 4)) {
                    return false;
                }
                type = header(word).getInt();
            }
            if (block(type)) {
                return true;
            }
        }
    }

    /** Reads a block whose type has been read; true if it was a packet. */
    private boolean block(int type) throws IOException, WireException {
        if (type == Pcapng.SECTION_HEADER) {
            section();
            return false;
        }
        long body = number() - FRAME_BYTES;
        if (body < 0 || body % 4 != 0) {
            throw damaged("a block of " + (body + FRAME_BYTES) + " bytes");
        }
        long left =
                switch (type) {
                    case Pcapng.INTERFACE -> description(body);
                    case Pcapng.ENHANCED_PACKET, OBSOLETE_PACKET -> packet(type, body);
                    case SIMPLE_PACKET -> simple(body);
                    default -> body;
                };
        in.skip(left);
        if (number() != body + FRAME_BYTES) {
            throw damaged("the two lengths of a block differ");
        }
        return type == Pcapng.ENHANCED_PACKET || type == OBSOLETE_PACKET || type == SIMPLE_PACKET;
    }

    private WireException damaged(String what) {
        return new WireException(what + ", before byte " + in.position());
    }

    private long number() throws IOException, WireException {
        if (!in.fill(word, 4)) {
            throw damaged("it ends within a block");
        }
        return header(word).getInt() & 0xffffffffL;
    }

    private void section() throws IOException, WireException {
        byte[] room = new byte[20];
        if (!in.fill(room, room.length)) {
            throw damaged("it ends within a section header");
        }
        order(ByteOrder.BIG_ENDIAN);
        if (header(room).getInt(4) != Pcapng.BYTE_ORDER_MAGIC) {
            order(ByteOrder.LITTLE_ENDIAN);
            if (header(room).getInt(4) != Pcapng.BYTE_ORDER_MAGIC) {
                throw damaged("a section header without the byte-order magic");
            }
        }
        ByteBuffer header = header(room);
        long length = header.getInt(0) & 0xffffffffL;
        int major = header.getShort(8);
        if (major != 1) {
            throw damaged("it is of version " + major + ", not 1");
        }
        if (length < 28 || length % 4 != 0) {
            throw damaged("a section header of " + length + " bytes");
        }
        in.skip(length - 24 - 4);
        if (number() != length) {
            throw damaged("the two lengths of a section header differ");
        }
        interfaces.clear();
    }

    private long description(long body) throws IOException, WireException {
        if (body < 8 || body > INTERFACE_BYTES_MAX) {
            throw damaged("an interface description of " + body + " bytes");
        }
        if (interfaces.size() == INTERFACES_MAX) {
            throw damaged("more than " + INTERFACES_MAX + " interfaces");
        }
        byte[] room = new byte[(int) body];
        if (!in.fill(room, room.length)) {
            throw damaged("it ends within a block");
        }
        ByteBuffer header = header(room);
        int linkType = header.getShort() & 0xffff;
        header.getShort();
        long snapLength = header.getInt() & 0xffffffffL;
        TimeUnits units = TimeUnits.MICROSECONDS;
        while (header.remaining() >= 4) {
            int option = header.getShort() & 0xffff;
            int length = header.getShort() & 0xffff;
            if (option == OPTION_END || length > header.remaining()) {
                break;
            }
            int at = header.position();
            if (option == OPTION_RESOLUTION && length == 1) {
                units = new TimeUnits(header.get(at), units.offsetSeconds());
            } else if (option == OPTION_OFFSET && length == 8) {
                units = new TimeUnits(units.resolution(), header.getLong(at));
            }
            header.position(Math.min(header.limit(), at + (length + 3) / 4 * 4));
        }
        interfaces.add(new Interface(Encapsulation.of(linkType), snapLength, units));
        return 0;
    }

    private Interface at(int number) throws WireException {
        if (number < 0 || number >= interfaces.size()) {
            throw damaged("a packet of interface " + number + ", which was not described");
        }
        return interfaces.get(number);
    }

    /** Reads an enhanced packet block, or the obsolete one, and says what is left of its body. */
    private long packet(int type, long body) throws IOException, WireException {
        if (body < enhanced.length || !in.fill(enhanced, enhanced.length)) {
            throw damaged("a packet block of " + body + " bytes");
        }
        ByteBuffer header = header(enhanced);
        // The obsolete block has a number of drops in the lower half of that word.
        Interface from =
                at(type == Pcapng.ENHANCED_PACKET ? header.getInt(0) : header.getShort(0) & 0xffff);
        long ticks = (header.getInt(4) & 0xffffffffL) << 32 | header.getInt(8) & 0xffffffffL;
        long captured = header.getInt(12) & 0xffffffffL;
        if (captured > body - enhanced.length) {
            throw damaged("a packet longer than its block");
        }
        packet(
                captured,
                header.getInt(16) & 0xffffffffL,
                from.units.nanos(ticks),
                from.encapsulation);
        return body - enhanced.length - captured;
    }

    private long simple(long body) throws IOException, WireException {
        if (body < 4) {
            throw damaged("a packet block of " + body + " bytes");
        }
        Interface from = at(0);
        long wire = number();
        long captured = Math.min(wire, body - 4);
        if (from.snapLength > 0) {
            captured = Math.min(captured, from.snapLength);
        }
        packet(captured, wire, 0, from.encapsulation);
        return body - 4 - captured;
    }
}
