package vini.forwarder.host.tcp;

import io.netty.buffer.ByteBuf;

import vini.forwarder.host.HostCounter;
import vini.forwarder.host.HostCounters;
import vini.net.wire.TcpHeader;
import vini.time.Clock;
import vini.time.Timer;

/**
 * The sending half of a connection: what goes out when, and again (RFC 9293 3.8, RFC 5681, RFC
 * 6298). SYN and FIN are sequence numbers like bytes.
 */
final class Sender {
    /** Linux's tcp_retries2 and tcp_syn_retries. */
    private static final int RETRIES_MAX = 15;

    private static final int SYN_RETRIES_MAX = 6;
    private static final int MSS_MIN = 64;
    private static final long NONE = Long.MAX_VALUE;

    /** What a sender asks of its connection. */
    interface Output {
        /** Sends a segment that acknowledges all that has come. */
        void send(long sequence, int flags, SendBuffer data, int bytes);

        /** Nothing came back for too long. */
        void giveUp();
    }

    private final Clock clock;
    private final HostCounters counters;
    private final Output output;
    private final SendBuffer buffer;
    private final CongestionControl congestion;
    private final RetransmissionTimer timeout = new RetransmissionTimer();
    private final Timer timer;
    private final boolean noDelay;
    private final long initial;
    private int mss;

    /** SND.UNA, SND.NXT, and the highest that SND.NXT ever was. */
    private long una;

    private long next;
    private long max;

    private long window;
    private long windowMax;
    private int shift;
    private long windowSequence;
    private long windowAcknowledgment;

    /** The end of the last segment that was smaller than full (Minshall's rule for Nagle). */
    private long smallEnd;

    private boolean finQueued;
    private long timedEnd = NONE;
    private long timedNanos;
    private long sentNanos;
    private int retries;
    private boolean persisting;

    Sender(
            Clock clock,
            HostCounters counters,
            Output output,
            long initial,
            int bufferBytes,
            boolean noDelay,
            int mss) {
        this.clock = clock;
        this.counters = counters;
        this.output = output;
        this.initial = initial;
        this.noDelay = noDelay;
        this.mss = mss;
        this.buffer = new SendBuffer(bufferBytes, initial + 1);
        this.congestion = new CongestionControl(mss, initial);
        this.timer = clock.timer(this::fired);
        this.una = initial;
        this.next = initial;
        this.max = initial;
        this.smallEnd = initial;
    }

    long una() {
        return una;
    }

    long max() {
        return max;
    }

    /**
     * The sequence number of a segment without data: behind all that was ever sent, as far as the
     * peer's window goes. One of data that is being sent again would lie before what the peer has
     * got already, so that it would not look at the acknowledgment; two ends that both do this
     * never get further.
     */
    long bareSequence() {
        return Math.max(una, Math.min(max, una + window));
    }

    SendBuffer buffer() {
        return buffer;
    }

    CongestionControl congestion() {
        return congestion;
    }

    RetransmissionTimer timeout() {
        return timeout;
    }

    /** Data bytes that the peer has acknowledged. */
    long acknowledgedBytes() {
        return Math.max(0, Math.min(una, buffer.end()) - initial - 1);
    }

    /** What the peer's SYN said. */
    void peerStarts(int segmentBytes, int windowShift, long sequence, int windowField) {
        mss = Math.max(segmentBytes, MSS_MIN);
        congestion.start(mss);
        shift = windowShift;
        window = windowField; // a SYN's window is never scaled
        windowMax = window;
        windowSequence = sequence;
        windowAcknowledgment = una;
    }

    /** Sends all that is under way once more, in segments of the present size. */
    void sendAgain() {
        next = una;
        transmit();
    }

    /** The largest segment from now on. */
    void segmentBytes(int bytes) {
        mss = bytes;
        congestion.segmentSize(bytes);
    }

    int segmentBytes() {
        return mss;
    }

    /** Sends the SYN, the first time or again. */
    void sendSyn() {
        next = initial + 1;
        if (max == initial) {
            max = next;
            time(next);
        } else {
            counters.add(HostCounter.TCP_RETRANSMITTED);
            timedEnd = NONE;
        }
        sentNanos = clock.nowNanos();
        output.send(initial, TcpHeader.SYN, buffer, 0);
        timer.after(timeout.nanos());
    }

    int write(ByteBuf data) {
        int taken = buffer.write(data);
        transmit();
        return taken;
    }

    /** No more data comes: FIN goes out behind the last of it. */
    void finish() {
        finQueued = true;
        transmit();
    }

    private long finEnd() {
        return buffer.end() + (finQueued ? 1 : 0);
    }

    boolean isFinAcknowledged() {
        return finQueued && una == finEnd();
    }

    void stop() {
        timer.cancel();
    }

    /** Sends what the windows and Nagle allow; returns whether anything left. */
    boolean transmit() {
        if (una == initial) {
            return false; // our SYN is not acknowledged yet
        }
        if (una == max && next == max && clock.nowNanos() - sentNanos > timeout.nanos()) {
            congestion.idle();
        }
        boolean sent = false;
        while (true) {
            long limit = una + Math.min(window, congestion.windowBytes());
            int bytes = (int) Math.max(0, Math.min(mss, Math.min(limit, buffer.end()) - next));
            boolean last = next + bytes == buffer.end();
            boolean fin = finQueued && last && next <= buffer.end();
            if (bytes == 0 && !fin || bytes < mss && !fin && !smallMayGo(bytes, last)) {
                break;
            }
            send(next, bytes, fin);
            sent = true;
        }
        watch();
        return sent;
    }

    /** Nagle as Minshall has it, and no small segment because the congestion window is odd. */
    private boolean smallMayGo(int bytes, boolean last) {
        boolean noSmallUnderWay = smallEnd <= una;
        if (last) {
            return noDelay || noSmallUnderWay;
        }
        boolean peerLimits = next + bytes == una + window;
        return peerLimits && noSmallUnderWay;
    }

    private void send(long sequence, int bytes, boolean fin) {
        long end = sequence + bytes + (fin ? 1 : 0);
        if (sequence < max) {
            counters.add(HostCounter.TCP_RETRANSMITTED);
            if (timedEnd > sequence) {
                timedEnd = NONE; // Karn: an answer could be to either
            }
        } else if (timedEnd == NONE) {
            time(end);
        }
        if (bytes < mss) {
            smallEnd = end;
        }
        int push = bytes > 0 && sequence + bytes == buffer.end() ? TcpHeader.PSH : 0;
        next = Math.max(next, end);
        max = Math.max(max, end);
        sentNanos = clock.nowNanos();
        output.send(sequence, TcpHeader.ACK | push | (fin ? TcpHeader.FIN : 0), buffer, bytes);
    }

    private void time(long end) {
        timedEnd = end;
        timedNanos = clock.nowNanos();
    }

    /** Keeps the one timer right: for retransmission, or for asking about a closed window. */
    private void watch() {
        if (una < max) {
            if (persisting) {
                persisting = false;
                timeout.answered();
                timer.cancel();
            }
            if (!timer.isSet()) {
                timer.after(timeout.nanos());
            }
        } else if (next < finEnd()) {
            persisting = true;
            if (!timer.isSet()) {
                timer.after(timeout.nanos());
            }
        } else {
            timer.cancel();
        }
    }

    private void fired() {
        boolean syn = una == initial;
        if (retries >= (syn ? SYN_RETRIES_MAX : RETRIES_MAX)) {
            output.giveUp();
            return;
        }
        retries++;
        timeout.backOff();
        if (syn) {
            counters.add(HostCounter.TCP_TIMEOUT);
            sendSyn();
        } else if (persisting) {
            // As Linux: an old sequence number, which the peer must answer with its window.
            output.send(una - 1, TcpHeader.ACK, buffer, 0);
            timer.after(timeout.nanos());
        } else {
            counters.add(HostCounter.TCP_TIMEOUT);
            congestion.timeout(una, max, retries > 1);
            smallEnd = Math.min(smallEnd, una);
            next = una;
            retransmitFirst();
            timer.after(timeout.nanos());
        }
    }

    private void retransmitFirst() {
        int bytes = (int) Math.min(mss, buffer.end() - una);
        send(una, bytes, finQueued && una + bytes == buffer.end());
    }

    /**
     * Takes an acknowledgment that is not beyond {@link #max} and not too old; returns whether it
     * was of something new.
     *
     * @param bare whether the segment has no data, SYN or FIN
     * @param echoedNanos the round trip by its timestamp, or -1
     */
    boolean acknowledged(
            long sequence, long acknowledgment, int windowField, boolean bare, long echoedNanos) {
        long newWindow = (long) windowField << shift;
        boolean sameWindow = newWindow == window;
        // RFC 9293 3.10.7.4, fifth: only a segment that is not older than the last one counts.
        if (sequence > windowSequence
                || sequence == windowSequence && acknowledgment >= windowAcknowledgment) {
            window = newWindow;
            windowMax = Math.max(windowMax, window);
            windowSequence = sequence;
            windowAcknowledgment = acknowledgment;
        }
        if (acknowledgment > una) {
            acknowledgedNew(acknowledgment, echoedNanos);
            return true;
        }
        if (persisting) {
            retries = 0; // it lives, it only has no room
        }
        if (acknowledgment == una && una < max && bare && sameWindow) {
            counters.add(HostCounter.TCP_DUPLICATE_ACK_IN);
            if (congestion.duplicate(una, max)) {
                counters.add(HostCounter.TCP_FAST_RETRANSMIT);
                retransmitFirst();
                timer.after(timeout.nanos());
            }
        }
        return false;
    }

    /** Whether an acknowledgment is so old that it must be a forger's (RFC 5961 5.2). */
    boolean isTooOld(long acknowledgment) {
        return acknowledgment < una - windowMax;
    }

    private void acknowledgedNew(long acknowledgment, long echoedNanos) {
        long flight = next - una;
        long bytes = acknowledgment - una;
        boolean synOnly = una == initial;
        una = acknowledgment;
        next = Math.max(next, una);
        buffer.acknowledge(una);
        retries = 0;
        if (una >= timedEnd) {
            timeout.measured(clock.nowNanos() - timedNanos);
            timedEnd = NONE;
        } else if (timeout.isBackedOff() && echoedNanos >= 0) {
            timeout.measured(echoedNanos); // coarse, but it ends the back-off at once
        }
        boolean wasRecovering = congestion.isRecovering();
        boolean again = !synOnly && congestion.acknowledged(bytes, una, max, flight);
        if (again && una < max) {
            retransmitFirst();
        }
        // RFC 6582 3.2: in recovery only the first partial acknowledgment moves the timer.
        if (una == max) {
            timer.cancel();
        } else if (!wasRecovering || !again || congestion.firstPartial()) {
            timer.after(timeout.nanos());
        }
    }
}
