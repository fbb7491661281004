package vini.forwarder.elements.source;

import vini.forwarder.Annotation;
import vini.forwarder.Packet;
import vini.forwarder.capture.Pcapng;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes packets in one of the two forms of capture files, in big-endian numbers. */
final class CaptureWriter {
    /** The form of the file. */
    enum Format {
        PCAP,
        PCAPNG
    }

    private static final long SECOND = 1_000_000_000L;
    private static final int SNAP_LENGTH_ALL = 262_144;

    private final DumpOutput out;
    private final Format format;
    private final Encapsulation encapsulation;
    private final int snapLength;
    private final boolean nanoseconds;
    private final boolean extraLength;
    private final ByteBuffer room = ByteBuffer.allocate(64).order(ByteOrder.BIG_ENDIAN);

    /**
     * @param snapLength bytes of a packet that are written at most; 0 for all
     * @param nanoseconds the unit of time, else microseconds
     * @param extraLength whether the extra length annotation counts as the packet's
     */
    CaptureWriter(
            DumpOutput out,
            Format format,
            Encapsulation encapsulation,
            int snapLength,
            boolean nanoseconds,
            boolean extraLength) {
        this.out = out;
        this.format = format;
        this.encapsulation = encapsulation;
        this.snapLength = snapLength;
        this.nanoseconds = nanoseconds;
        this.extraLength = extraLength;
    }

    /** Writes what stands before the first packet. */
    void begin() throws IOException {
        int longest = snapLength == 0 ? SNAP_LENGTH_ALL : snapLength;
        room.clear();
        if (format == Format.PCAP) {
            room.putInt(nanoseconds ? PcapReader.NANOSECONDS : PcapReader.MICROSECONDS);
            room.putShort((short) 2).putShort((short) 4).putLong(0);
            room.putInt(longest).putInt(encapsulation.linkType());
        } else {
            Pcapng.section(room, null, null);
            Pcapng.describe(
                    room, encapsulation.linkType(), longest, nanoseconds ? 9 : 6, null, null);
        }
        out.write(room.flip());
    }

    /** Writes a packet, with a time in nanoseconds since 1970. */
    void write(Packet packet, long nanos) throws IOException {
        int captured = snapLength == 0 ? packet.length() : Math.min(snapLength, packet.length());
        long wire = packet.length();
        if (extraLength) {
            wire += packet.annotation(Annotation.EXTRA_LENGTH.at(), 4);
        }
        int wireLength = (int) Math.min(wire, Integer.MAX_VALUE);
        room.clear();
        if (format == Format.PCAP) {
            room.putInt((int) (nanos / SECOND));
            room.putInt((int) (nanos % SECOND / (nanoseconds ? 1 : 1000)));
            room.putInt(captured).putInt(wireLength);
        } else {
            long time = nanoseconds ? nanos : nanos / 1000;
            Pcapng.beginPacket(room, 0, time, captured, wireLength, 0);
        }
        out.write(room.flip());
        out.write(packet.buffer(), packet.start(), captured);
        if (format == Format.PCAPNG) {
            room.clear();
            Pcapng.endPacket(room, captured);
            out.write(room.flip());
        }
    }
}
