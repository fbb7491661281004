package vini.forwarder.host.tcp;

import io.netty.buffer.ByteBuf;

import vini.net.wire.TcpHeader;
import vini.net.wire.TcpOptions;

import java.util.function.Consumer;

/** The receiving half of a connection: what is accepted, and when it is acknowledged. */
final class Receiver {
    static final int WINDOW_DEFAULT = 1 << 20;

    private static final int UNSCALED_MAX = 0xffff;
    private static final long NO_FIN = Long.MAX_VALUE;

    /**
     * How many first segments are acknowledged at once, for the sender's slow start, as in Linux.
     */
    private static final int QUICK_ACKS = 16;

    /** What {@link #accept} asks of the connection. */
    enum Acknowledge {
        NOT,
        LATER,
        NOW
    }

    private final int capacity;
    private ReceiveBuffer buffer = new ReceiveBuffer(0, 0);
    private int shift;
    private long finSequence = NO_FIN;
    private boolean finPassed;
    private long acknowledged;
    private int largestSegment = 1;
    private int quickAcks = QUICK_ACKS;
    private boolean paused;
    private boolean sack;
    private final SackReport report = new SackReport();

    Receiver(int windowBytes) {
        capacity = windowBytes == 0 ? WINDOW_DEFAULT : windowBytes;
        shift = shiftFor(capacity);
    }

    private static int shiftFor(int window) {
        int shift = 0;
        while (window >> shift > UNSCALED_MAX) {
            shift++;
        }
        return shift;
    }

    /** The window scale that our SYN offers. */
    int shift() {
        return shift;
    }

    /**
     * The peer's SYN has come: data starts behind it.
     *
     * @param sacks the peer wants selective acknowledgments
     */
    void start(long initialSequence, boolean scaled, boolean sacks) {
        sack = sacks;
        int window = capacity;
        if (!scaled) {
            shift = 0;
            window = Math.min(window, UNSCALED_MAX);
        }
        // What the field cannot say must not be promised: the window is a multiple of 2^shift.
        buffer = new ReceiveBuffer(window >> shift << shift, initialSequence + 1);
        acknowledged = initialSequence + 1;
    }

    /** RCV.NXT. */
    long next() {
        return buffer.next() + (finPassed ? 1 : 0);
    }

    /** RCV.WND. */
    int window() {
        return buffer.window();
    }

    /** The window field of a segment; a SYN's is not scaled (RFC 7323 2.2). */
    int windowField(int flags) {
        return (flags & TcpHeader.SYN) != 0
                ? Math.min(capacity, UNSCALED_MAX)
                : buffer.window() >> shift;
    }

    /** The same before the peer's SYN has come. */
    int firstWindowField() {
        return Math.min(capacity, UNSCALED_MAX);
    }

    /**
     * RFC 9293 3.10.7.4, first: whether any of the segment is in the window. At a closed window,
     * what starts exactly at RCV.NXT is let in for its acknowledgment; its data is cut off.
     */
    boolean isAcceptable(long sequence, int length) {
        long next = next();
        int window = window();
        if (sequence == next) {
            return true;
        }
        if (window == 0) {
            return false;
        }
        long last = sequence + Math.max(length, 1) - 1;
        return (sequence >= next || length > 0 && last >= next) && sequence < next + window;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
    }

    /** Whether the program has data before it that it did not read. */
    boolean isWaiting() {
        return buffer.readable() > 0;
    }

    /** Takes in an acceptable segment's data and FIN; hands over what is in order. */
    Acknowledge accept(Segment segment, long sequence, Consumer<ByteBuf> reader, Runnable full) {
        int bytes = segment.payloadBytes();
        if (segment.has(TcpHeader.FIN) && sequence + bytes <= buffer.next() + buffer.window()) {
            finSequence = Math.min(finSequence, sequence + bytes);
        }
        if (bytes == 0) {
            return segment.has(TcpHeader.FIN) ? Acknowledge.NOW : Acknowledge.NOT;
        }
        largestSegment = Math.max(largestSegment, bytes);
        boolean hadGaps = buffer.hasGaps();
        long before = buffer.next();
        if (sack && (hadGaps || sequence < before)) {
            noticeTwice(sequence, sequence + bytes);
        }
        if (sequence == before && buffer.canPass() && !paused && bytes <= buffer.window()) {
            buffer.pass(bytes);
            lend(segment, reader);
        } else {
            if (!buffer.insert(sequence, segment.packet(), segment.payloadAt(), bytes)) {
                full.run();
            } else if (sack && sequence > before) {
                report.arrived(sequence, buffer.islands());
            }
            read(reader);
        }
        boolean inOrder = buffer.next() - before == bytes && !hadGaps;
        return inOrder && !segment.has(TcpHeader.FIN) ? pace(bytes) : Acknowledge.NOW;
    }

    /** Lends the packet's own buffer, so that a segment in order costs no object. */
    private static void lend(Segment segment, Consumer<ByteBuf> reader) {
        ByteBuf packet = segment.packet();
        int start = packet.readerIndex();
        int end = packet.writerIndex();
        packet.setIndex(segment.payloadAt(), segment.payloadAt() + segment.payloadBytes());
        reader.accept(packet);
        packet.setIndex(start, end);
    }

    /** RFC 2883: of data [from, to) that has come, what was here before. */
    void noticeTwice(long from, long to) {
        if (!sack) {
            return;
        }
        if (from < buffer.next()) {
            report.twice(from, Math.min(to, buffer.next()));
            return;
        }
        Ranges islands = buffer.islands();
        int island = islands.firstEndingAfter(from);
        if (island < islands.count() && islands.from(island) < to) {
            report.twice(Math.max(from, islands.from(island)), Math.min(to, islands.to(island)));
        }
    }

    /** The same of a segment of which nothing is in the window. */
    void noticeOld(long from, long to) {
        if (to <= buffer.next()) {
            noticeTwice(from, to);
        }
    }

    /** Whether an acknowledgment has blocks to report. */
    boolean hasReport() {
        return sack && report.isDue(buffer.islands());
    }

    /** Reports blocks to the peer, RFC 2018 4. */
    void report(TcpOptions options) {
        report.writeTo(options, buffer.islands());
    }

    /**
     * RFC 9293 3.8.6.3: every second full segment at once. So that a small window does not wait for
     * the timer: at once also where the sender has come to its end (a segment less than full), or
     * may have, because the window has no room for another.
     */
    private Acknowledge pace(int bytes) {
        if (quickAcks > 0) {
            quickAcks--;
            return Acknowledge.NOW;
        }
        long waiting = next() - acknowledged;
        boolean enough =
                waiting > largestSegment
                        || bytes < largestSegment
                        || buffer.capacity() - waiting < largestSegment;
        return enough ? Acknowledge.NOW : Acknowledge.LATER;
    }

    /** Hands over what has waited; true if the window opened by enough to tell the peer. */
    boolean read(Consumer<ByteBuf> reader) {
        if (paused) {
            return false;
        }
        int before = buffer.window();
        buffer.read(reader, () -> !paused);
        int opened = buffer.window() - before;
        // RFC 9293 3.8.6.2.2: no small steps of the window
        return opened >= Math.min(buffer.capacity() / 2, largestSegment);
    }

    /** Whether the peer's FIN has now come in order; true once. */
    boolean passFin() {
        if (finPassed || buffer.next() < finSequence) {
            return false;
        }
        finPassed = true;
        return true;
    }

    /** A segment left that acknowledged everything. */
    void acknowledgmentSent() {
        acknowledged = next();
    }

    /** The last acknowledgment that was sent: Last.ACK.sent of RFC 7323 4.3. */
    long acknowledged() {
        return acknowledged;
    }
}
