package vini.forwarder.host.tcp;

import vini.forwarder.host.HostCounter;
import vini.forwarder.host.HostCounters;
import vini.net.wire.TcpOptions;

/**
 * Loss recovery by selective acknowledgments: RFC 6675 5, with the rate of RFC 6937. Losses of a
 * whole window are mended in one round trip, and what is lost of that, in another.
 */
final class SackRecovery implements Recovery {
    private enum Phase {
        OPEN,
        RECOVERY,
        /** Between a timeout and the acknowledgment of all that was sent before it. */
        AFTER_TIMEOUT
    }

    private final CongestionControl congestion;
    private final Flight flight;
    private final Scoreboard board;
    private final HostCounters counters;
    private final RateReduction rate = new RateReduction();
    private Phase phase = Phase.OPEN;
    private long recoveryPoint;
    private int duplicates;

    /** What {@link #rate} allows, less what has been sent since. */
    private long quota;

    private boolean firstIsLost;
    private boolean rescuing;

    SackRecovery(CongestionControl congestion, Flight flight, HostCounters counters) {
        this.counters = counters;
        this.congestion = congestion;
        this.flight = flight;
        this.board = new Scoreboard(flight);
    }

    Scoreboard board() {
        return board;
    }

    @Override
    public boolean acknowledged(long bytes, boolean duplicate, TcpOptions options) {
        long before = board.sackedBytes();
        boolean news = board.update(options);
        if (bytes > 0) {
            duplicates = 0;
        }
        boolean wasRecovering = phase == Phase.RECOVERY;
        if (phase != Phase.OPEN && flight.una >= recoveryPoint) {
            phase = Phase.OPEN;
            firstIsLost = false;
        }
        if (news) {
            counters.add(HostCounter.TCP_SACK_IN);
        }
        if (phase == Phase.OPEN && news) {
            duplicates++;
            if (duplicates >= Scoreboard.DUPLICATES_FOR_LOSS || board.lostBefore() > flight.una) {
                start();
            }
        }
        if (wasRecovering && phase == Phase.RECOVERY && board.isRepetitionLost()) {
            counters.add(HostCounter.TCP_REPETITION_LOST);
            start(); // RFC 5681 4.3: a second indication of congestion, so a second reduction
        }
        if (phase == Phase.RECOVERY) {
            long delivered = bytes + board.sackedBytes() - before;
            quota = rate.acknowledged(delivered, board.pipe(), flight.mss);
        }
        return bytes > 0 && !wasRecovering && phase != Phase.RECOVERY;
    }

    /** RFC 6675 5 (4). */
    private void start() {
        phase = Phase.RECOVERY;
        recoveryPoint = flight.max;
        congestion.lost(flight.max - flight.una);
        // Without what has come already, as RFC 9937 6.1 counts it.
        rate.start(board.missing(flight.una, flight.max), congestion.threshold());
        board.startRecovery(flight.una);
        firstIsLost = true;
    }

    @Override
    public boolean isRecovering() {
        return phase == Phase.RECOVERY;
    }

    /** RFC 6298 5.3. */
    @Override
    public boolean restartsTimer() {
        return true;
    }

    @Override
    public long room() {
        if (phase == Phase.RECOVERY) {
            return quota;
        }
        boolean goesBack = flight.next < flight.max;
        long underWay =
                goesBack || phase == Phase.AFTER_TIMEOUT
                        ? board.missing(flight.una, flight.next)
                        : board.pipe();
        return congestion.windowBytes() - underWay;
    }

    @Override
    public long nextLost() {
        rescuing = false;
        if (phase != Phase.RECOVERY) {
            return NOTHING;
        }
        if (firstIsLost) {
            long first = board.behindSacked(flight.una);
            return first < flight.max ? first : NOTHING;
        }
        return quota >= flight.mss ? board.nextLost() : NOTHING;
    }

    @Override
    public long nextDoubtful() {
        if (phase != Phase.RECOVERY || quota < flight.mss) {
            return NOTHING;
        }
        long missing = board.nextMissing();
        if (missing != NOTHING) {
            return missing;
        }
        long rescue = board.nextRescue();
        rescuing = rescue != NOTHING;
        return rescue;
    }

    @Override
    public long behindSacked(long sequence) {
        return board.behindSacked(sequence);
    }

    @Override
    public long nextSacked(long sequence) {
        return board.nextSacked(sequence);
    }

    @Override
    public void sent(long from, long to) {
        if (phase != Phase.RECOVERY) {
            return;
        }
        quota -= to - from;
        rate.sent(to - from);
        if (firstIsLost) {
            firstIsLost = false;
            board.startRecovery(to);
        } else if (rescuing) {
            board.rescued(recoveryPoint);
        } else if (from < flight.max) {
            board.repeated(to);
        }
        rescuing = false;
    }

    /**
     * What the peer has said it has is not sent again, unless it now waits for some of that: then
     * it reneged (RFC 2018 8), and nothing that it said counts.
     */
    @Override
    public void timeout(boolean again) {
        congestion.timeout(flight.max - flight.una, again || phase == Phase.RECOVERY);
        goBack();
    }

    @Override
    public void goBack() {
        if (board.isReneged()) {
            board.clear();
            counters.add(HostCounter.TCP_SACK_RENEGED);
        }
        board.startRecovery(flight.una);
        phase = Phase.AFTER_TIMEOUT;
        recoveryPoint = flight.max;
        duplicates = 0;
        firstIsLost = false;
    }
}
