package vini.forwarder.elements.source;

import vini.net.wire.WireException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * Reads the classic capture file (draft-ietf-opsawg-pcap): a header of 24 bytes, then 16 bytes and
 * the packet each, in either byte order, in micro- or nanoseconds; and the form of Alexey
 * Kuznetsov, whose records have 8 bytes more.
 */
final class PcapReader extends CaptureReader {
    static final int MICROSECONDS = 0xa1b2c3d4;
    static final int NANOSECONDS = 0xa1b23c4d;
    private static final int KUZNETSOV = 0xa1b2cd34;

    private static final long SECOND = 1_000_000_000L;
    private static final int LINK_TYPE_MASK = 0xffff;

    private final byte[] record;
    private final long nanosPerUnit;
    private final boolean lengthsMayBeSwapped;
    private final Encapsulation encapsulation;

    /**
     * @param magic the first four bytes, which have been read
     */
    PcapReader(DumpInput in, int magic) throws IOException, WireException {
        super(in);
        boolean swapped = !isMagic(magic);
        int kind = swapped ? Integer.reverseBytes(magic) : magic;
        if (!isMagic(kind)) {
            throw new WireException(
                    "it is no capture file: it begins with "
                            + String.format(Locale.ROOT, "%08x", magic));
        }
        order(swapped ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        byte[] room = new byte[20];
        if (!in.fill(room, room.length)) {
            throw new WireException("it ends within its header");
        }
        ByteBuffer header = header(room);
        int major = header.getShort();
        int minor = header.getShort();
        if (major != 2) {
            throw new WireException("it is of version " + major + "." + minor + ", not 2.x");
        }
        // Until 2.3 some systems wrote the two lengths the other way round.
        lengthsMayBeSwapped = minor <= 3;
        encapsulation = Encapsulation.of(header.getInt(16) & LINK_TYPE_MASK);
        begins(encapsulation);
        nanosPerUnit = kind == NANOSECONDS ? 1 : 1000;
        record = new byte[kind == KUZNETSOV ? 24 : 16];
    }

    private static boolean isMagic(int number) {
        return number == MICROSECONDS || number == NANOSECONDS || number == KUZNETSOV;
    }

    @Override
    boolean next() throws IOException, WireException {
        if (!in.fill(record, record.length)) {
            return false;
        }
        ByteBuffer header = header(record);
        long seconds = header.getInt() & 0xffffffffL;
        long fraction = header.getInt() & 0xffffffffL;
        long captured = header.getInt() & 0xffffffffL;
        long wire = header.getInt() & 0xffffffffL;
        if (lengthsMayBeSwapped && captured > wire) {
            long other = captured;
            captured = wire;
            wire = other;
        }
        packet(captured, wire, seconds * SECOND + fraction * nanosPerUnit, encapsulation);
        return true;
    }
}
