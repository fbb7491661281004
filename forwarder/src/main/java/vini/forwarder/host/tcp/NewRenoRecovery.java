package vini.forwarder.host.tcp;

import vini.net.wire.TcpOptions;

/**
 * Loss recovery without selective acknowledgments: fast retransmit and fast recovery (RFC 5681 3.2)
 * as RFC 6582 has it, one lost segment each round trip, with limited transmit (RFC 3042).
 */
final class NewRenoRecovery implements Recovery {
    private static final int DUPLICATES_FOR_LOSS = 3;

    private final CongestionControl congestion;
    private final Flight flight;
    private long recover;
    private boolean recovering;

    /** The congestion window while recovering: it is inflated by duplicates. */
    private long window;

    private int duplicates;
    private int partials;
    private boolean firstIsLost;

    NewRenoRecovery(CongestionControl congestion, Flight flight) {
        this.congestion = congestion;
        this.flight = flight;
        this.recover = flight.una;
    }

    @Override
    public boolean acknowledged(long bytes, boolean duplicate, TcpOptions options) {
        if (bytes == 0) {
            if (duplicate) {
                duplicate();
            }
            return false;
        }
        duplicates = 0;
        if (!recovering) {
            return true;
        }
        if (flight.una >= recover) { // RFC 6582 3.2, 3: full
            recovering = false;
            congestion.limit(Math.max(flight.max - flight.una, flight.mss) + flight.mss);
        } else { // partial
            long back = bytes >= flight.mss ? flight.mss : 0;
            window = Math.max(flight.mss, window - bytes + back);
            partials++;
            firstIsLost = true;
        }
        return false;
    }

    private void duplicate() {
        duplicates++;
        if (recovering) {
            window += flight.mss; // RFC 5681 3.2, 4: a segment has left the network
        } else if (duplicates == DUPLICATES_FOR_LOSS && flight.una > recover) {
            // RFC 6582 3.2, 2: else it may be the echo of what we sent again
            congestion.lost(flight.max - flight.una);
            window = congestion.threshold() + (long) DUPLICATES_FOR_LOSS * flight.mss;
            recover = flight.max;
            recovering = true;
            partials = 0;
            firstIsLost = true;
        }
    }

    @Override
    public boolean isRecovering() {
        return recovering;
    }

    /** RFC 6582 3.2: in recovery only the first partial acknowledgment does. */
    @Override
    public boolean restartsTimer() {
        return !recovering || partials <= 1;
    }

    @Override
    public long room() {
        return windowBytes() - flight.bytes();
    }

    /** How far beyond SND.UNA one may send. */
    long windowBytes() {
        if (recovering) {
            return window;
        }
        boolean limitedTransmit = duplicates < DUPLICATES_FOR_LOSS;
        return congestion.windowBytes() + (limitedTransmit ? (long) duplicates * flight.mss : 0);
    }

    @Override
    public long nextLost() {
        return firstIsLost && flight.una < flight.max ? flight.una : NOTHING;
    }

    @Override
    public long nextDoubtful() {
        return NOTHING;
    }

    @Override
    public long behindSacked(long sequence) {
        return sequence;
    }

    @Override
    public long nextSacked(long sequence) {
        return Long.MAX_VALUE;
    }

    @Override
    public void sent(long from, long to) {
        firstIsLost = false;
    }

    @Override
    public void timeout(boolean again) {
        congestion.timeout(flight.max - flight.una, again || recovering);
        goBack();
    }

    @Override
    public void goBack() {
        recover = flight.max;
        recovering = false;
        duplicates = 0;
        firstIsLost = false;
    }
}
