package vini.forwarder.host.tcp;

import io.netty.buffer.ByteBuf;

import vini.forwarder.host.Congestion;
import vini.forwarder.host.HostCounter;
import vini.forwarder.host.HostCounters;
import vini.net.wire.TcpHeader;
import vini.net.wire.TcpOptions;
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
    private final Flight flight;
    private Recovery recovery;
    private final RetransmissionTimer timeout = new RetransmissionTimer();
    private final Timer timer;
    private final boolean noDelay;
    private final long initial;
    private long window;
    private long windowMax;
    private int shift;
    private long windowSequence;
    private long windowAcknowledgment;

    /** The end of the last segment that was smaller than full (Minshall's rule for Nagle). */
    private long smallEnd;

    private boolean synRepeated;
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
            Congestion congestion,
            int mss) {
        this.clock = clock;
        this.counters = counters;
        this.output = output;
        this.initial = initial;
        this.noDelay = noDelay;
        this.buffer = new SendBuffer(bufferBytes, initial + 1);
        this.congestion =
                switch (congestion) {
                    case CUBIC -> new Cubic(mss);
                    case NEWRENO -> new NewReno(mss);
                };
        this.flight = new Flight(initial, mss);
        this.recovery = new NewRenoRecovery(this.congestion, flight);
        this.timer = clock.timer(this::fired);
        this.smallEnd = initial;
    }

    long una() {
        return flight.una;
    }

    long max() {
        return flight.max;
    }

    /**
     * The sequence number of a segment without data: behind all that was ever sent, as far as the
     * peer's window goes. One of data that is being sent again would lie before what the peer has
     * got already, so that it would not look at the acknowledgment; two ends that both do this
     * never get further.
     */
    long bareSequence() {
        return Math.max(flight.una, Math.min(flight.max, flight.una + window));
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
        return Math.max(0, Math.min(flight.una, buffer.end()) - initial - 1);
    }

    /**
     * What the peer's SYN said.
     *
     * @param sacks it acknowledges selectively
     */
    void peerStarts(
            int segmentBytes, int windowShift, long sequence, int windowField, boolean sacks) {
        flight.mss = Math.max(segmentBytes, MSS_MIN);
        start();
        if (sacks) {
            recovery = new SackRecovery(congestion, flight, counters);
        }
        shift = windowShift;
        window = windowField; // a SYN's window is never scaled
        windowMax = window;
        windowSequence = sequence;
        windowAcknowledgment = flight.una;
    }

    /** RFC 5681 3.1: a lost SYN leaves an initial window of one segment. */
    private void start() {
        congestion.start(flight.mss, synRepeated ? 1 : CongestionWindow.INITIAL_SEGMENTS);
    }

    /** Sends all that is under way once more, in segments of the present size. */
    void sendAgain() {
        recovery.goBack();
        flight.next = flight.una;
        transmit();
    }

    /** The largest segment from now on. */
    void segmentBytes(int bytes) {
        flight.mss = bytes;
        congestion.segmentSize(bytes);
    }

    int segmentBytes() {
        return flight.mss;
    }

    /** Sends the SYN, the first time or again. */
    void sendSyn() {
        flight.next = initial + 1;
        if (flight.max == initial) {
            flight.max = flight.next;
            time(flight.next);
        } else {
            counters.add(HostCounter.TCP_RETRANSMITTED);
            timedEnd = NONE;
            synRepeated = true;
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
        return finQueued && flight.una == finEnd();
    }

    void stop() {
        timer.cancel();
    }

    /** Sends what the windows and Nagle allow, what is lost before what is new. */
    void transmit() {
        if (flight.una == initial) {
            return; // our SYN is not acknowledged yet
        }
        if (flight.una == flight.max && clock.nowNanos() - sentNanos > timeout.nanos()) {
            congestion.idle(clock.nowNanos());
        }
        boolean sent;
        do {
            sent = repeat(recovery.nextLost()) || sendNext() || repeat(recovery.nextDoubtful());
        } while (sent);
        watch();
    }

    /** Sends a segment from here on again, as much of it as the peer has not got. */
    private boolean repeat(long sequence) {
        if (sequence == Recovery.NOTHING) {
            return false;
        }
        long end = Math.min(flight.max, recovery.nextSacked(sequence));
        end = Math.min(end, sequence + flight.mss);
        int bytes = (int) (Math.min(end, buffer.end()) - sequence);
        send(sequence, bytes, end > buffer.end());
        return true;
    }

    /** Sends what is next, if it may go. */
    private boolean sendNext() {
        long next = recovery.behindSacked(flight.next);
        long end = Math.min(buffer.end(), flight.una + window);
        end = Math.min(Math.min(end, next + flight.mss), recovery.nextSacked(next));
        int bytes = (int) Math.max(0, end - next);
        boolean last = next + bytes == buffer.end();
        boolean fin = finQueued && last;
        boolean full = bytes == flight.mss || fin || next + bytes == recovery.nextSacked(next);
        if (bytes == 0 && !fin
                || bytes > recovery.room()
                || !full && !smallMayGo(next + bytes, last)) {
            return false;
        }
        flight.next = next;
        send(next, bytes, fin);
        return true;
    }

    /** Nagle as Minshall has it. */
    private boolean smallMayGo(long end, boolean last) {
        boolean noSmallUnderWay = smallEnd <= flight.una;
        if (last) {
            return noDelay || noSmallUnderWay;
        }
        boolean peerLimits = end == flight.una + window;
        return peerLimits && noSmallUnderWay;
    }

    private void send(long sequence, int bytes, boolean fin) {
        long end = sequence + bytes + (fin ? 1 : 0);
        if (sequence < flight.max) {
            counters.add(HostCounter.TCP_RETRANSMITTED);
            if (timedEnd > sequence) {
                timedEnd = NONE; // Karn: an answer could be to either
            }
        } else if (timedEnd == NONE) {
            time(end);
        }
        if (bytes < flight.mss) {
            smallEnd = end;
        }
        int push = bytes > 0 && sequence + bytes == buffer.end() ? TcpHeader.PSH : 0;
        recovery.sent(sequence, end);
        flight.next = Math.max(flight.next, end);
        flight.max = Math.max(flight.max, end);
        sentNanos = clock.nowNanos();
        output.send(sequence, TcpHeader.ACK | push | (fin ? TcpHeader.FIN : 0), buffer, bytes);
    }

    private void time(long end) {
        timedEnd = end;
        timedNanos = clock.nowNanos();
    }

    /** Keeps the one timer right: for retransmission, or for asking about a closed window. */
    private void watch() {
        if (flight.una < flight.max) {
            if (persisting) {
                persisting = false;
                timeout.answered();
                timer.cancel();
            }
            if (!timer.isSet()) {
                timer.after(timeout.nanos());
            }
        } else if (flight.next < finEnd()) {
            persisting = true;
            if (!timer.isSet()) {
                timer.after(timeout.nanos());
            }
        } else {
            timer.cancel();
        }
    }

    private void fired() {
        boolean syn = flight.una == initial;
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
            output.send(flight.una - 1, TcpHeader.ACK, buffer, 0);
            timer.after(timeout.nanos());
        } else {
            counters.add(HostCounter.TCP_TIMEOUT);
            recovery.timeout(retries > 1);
            smallEnd = Math.min(smallEnd, flight.una);
            flight.next = flight.una;
            repeat(flight.una);
            timer.after(timeout.nanos());
        }
    }

    /**
     * Takes an acknowledgment that is not beyond {@link Flight#max} and not too old. What it lets
     * go goes with the next {@link #transmit}.
     *
     * @param bare whether the segment has no data, SYN or FIN
     * @param echoedNanos the round trip by its timestamp, or -1
     */
    void acknowledged(
            long sequence,
            long acknowledgment,
            int windowField,
            boolean bare,
            long echoedNanos,
            TcpOptions options) {
        boolean sameWindow = updateWindow(sequence, acknowledgment, windowField);
        boolean wasRecovering = recovery.isRecovering();
        if (acknowledgment > flight.una) {
            acknowledgedNew(acknowledgment, echoedNanos, options);
        } else {
            if (persisting) {
                retries = 0; // it lives, it only has no room
            }
            boolean duplicate = acknowledgment == flight.una && bare && sameWindow;
            if (flight.una < flight.max) {
                if (duplicate) {
                    counters.add(HostCounter.TCP_DUPLICATE_ACK_IN);
                }
                recovery.acknowledged(0, duplicate, options);
            }
        }
        if (recovery.isRecovering() && !wasRecovering) {
            counters.add(HostCounter.TCP_FAST_RETRANSMIT);
            timer.after(timeout.nanos());
        }
    }

    /**
     * RFC 9293 3.10.7.4, fifth: only a segment that is not older than the last one counts. Returns
     * whether it says the same as before.
     */
    private boolean updateWindow(long sequence, long acknowledgment, int windowField) {
        long said = (long) windowField << shift;
        boolean same = said == window;
        if (sequence > windowSequence
                || sequence == windowSequence && acknowledgment >= windowAcknowledgment) {
            window = said;
            windowMax = Math.max(windowMax, window);
            windowSequence = sequence;
            windowAcknowledgment = acknowledgment;
        }
        return same;
    }

    /** Whether an acknowledgment is so old that it must be a forger's (RFC 5961 5.2). */
    boolean isTooOld(long acknowledgment) {
        return acknowledgment < flight.una - windowMax;
    }

    private void acknowledgedNew(long acknowledgment, long echoedNanos, TcpOptions options) {
        long underWay = flight.bytes();
        long bytes = acknowledgment - flight.una;
        boolean synOnly = flight.una == initial;
        flight.una = acknowledgment;
        flight.next = Math.max(flight.next, flight.una);
        buffer.acknowledge(flight.una);
        retries = 0;
        measure(echoedNanos);
        if (synOnly) {
            if (synRepeated) {
                start();
                timeout.synWasLost();
            }
        } else if (recovery.acknowledged(bytes, false, options)) {
            long now = clock.nowNanos();
            congestion.acknowledged(bytes, underWay, now, timeout.smoothedNanos(), echoedNanos);
        }
        if (flight.una == flight.max) {
            timer.cancel();
        } else if (recovery.restartsTimer()) {
            timer.after(timeout.nanos());
        }
    }

    private void measure(long echoedNanos) {
        if (flight.una >= timedEnd) {
            timeout.measured(clock.nowNanos() - timedNanos);
            timedEnd = NONE;
        } else if (timeout.isBackedOff() && echoedNanos >= 0) {
            timeout.measured(echoedNanos); // coarse, but it ends the back-off at once
        }
    }
}
