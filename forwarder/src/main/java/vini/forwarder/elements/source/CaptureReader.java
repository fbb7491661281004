package vini.forwarder.elements.source;

import vini.forwarder.capture.Pcapng;
import vini.net.wire.WireException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the packets of a capture file, whichever of the two kinds it is; each overwrites the one
 * before. A file that is not sound ends in a WireException, and cannot make it need much memory.
 */
abstract sealed class CaptureReader implements AutoCloseable permits PcapReader, PcapngReader {
    /** More was never captured of one packet (libpcap has this limit, too). */
    static final int PACKET_BYTES_MAX = 262_144;

    final DumpInput in;
    private ByteBuffer data = ByteBuffer.allocate(2048);
    private int capturedBytes;
    private long wireBytes;
    private long timestampNanos;
    private Encapsulation encapsulation = Encapsulation.UNKNOWN;
    private ByteOrder order = ByteOrder.BIG_ENDIAN;

    CaptureReader(DumpInput in) {
        this.in = in;
    }

    /** Reads what stands before the first packet. */
    static CaptureReader open(String name) throws IOException, WireException {
        DumpInput in = DumpInput.open(name);
        boolean good = false;
        try {
            byte[] magic = new byte[4];
            if (!in.fill(magic, magic.length)) {
                throw new WireException("it is empty");
            }
            int number = ByteBuffer.wrap(magic).getInt();
            CaptureReader reader =
                    number == Pcapng.SECTION_HEADER
                            ? new PcapngReader(in)
                            : new PcapReader(in, number);
            good = true;
            return reader;
        } finally {
            if (!good) {
                in.close();
            }
        }
    }

    /** Reads the next packet; false at the end of the file. */
    abstract boolean next() throws IOException, WireException;

    /** Whose bytes these are: as the numbers that follow were written. */
    final void order(ByteOrder newOrder) {
        order = newOrder;
    }

    /** So many bytes as numbers; at the very end of the file, null. */
    final ByteBuffer header(byte[] room) {
        return ByteBuffer.wrap(room).order(order);
    }

    /** Reads the packet's bytes. */
    final void packet(long captured, long wire, long nanos, Encapsulation begins)
            throws IOException, WireException {
        if (captured < 0 || captured > PACKET_BYTES_MAX) {
            throw new WireException(
                    "a packet of "
                            + Long.toUnsignedString(captured)
                            + " bytes before byte "
                            + in.position()
                            + " is longer than "
                            + PACKET_BYTES_MAX);
        }
        if (data.capacity() < captured) {
            data = ByteBuffer.allocate((int) Math.min(PACKET_BYTES_MAX, captured * 2));
        }
        if (captured > 0 && !in.fill(data.array(), (int) captured)) {
            throw new WireException("it ends within a record, at byte " + in.position());
        }
        capturedBytes = (int) captured;
        wireBytes = wire;
        timestampNanos = nanos;
        encapsulation = begins;
    }

    /** The packet's bytes, of which the first {@link #capturedBytes} count. */
    final byte[] data() {
        return data.array();
    }

    final int capturedBytes() {
        return capturedBytes;
    }

    /** How long it was on the wire. */
    final long wireBytes() {
        return wireBytes;
    }

    /** Since 1970; 0 where the file does not say. */
    final long timestampNanos() {
        return timestampNanos;
    }

    /** How the last packet begins; before the first one, how the file says that packets begin. */
    final Encapsulation encapsulation() {
        return encapsulation;
    }

    /** How packets begin, as far as is known before the first one. */
    final void begins(Encapsulation begins) {
        encapsulation = begins;
    }

    final DumpInput input() {
        return in;
    }

    @Override
    public void close() {
        in.close();
    }
}
