package vini.forwarder.elements.icmp;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;

import java.util.Locale;

/** What has come back of the pings of one source: counts and round-trip times, as ping(1) says. */
final class PingReport {
    private static final int SEQUENCES = 1 << 16;

    /** When each request was sent; 0 where none is out, negative where the reply has come. */
    private final long[] sentNanos = new long[SEQUENCES];

    private long received;
    private long duplicates;
    private long least;
    private long most;
    private double sum;
    private double squares;

    /** A request goes out. */
    void sent(int sequence, long nanos) {
        sentNanos[sequence & 0xffff] = Math.max(1, nanos);
    }

    /**
     * A reply that answers one of our requests: what to say of it, and whether it is the second.
     */
    record Echo(String line, boolean again) {}

    /** A reply has come; null if it answers nothing. */
    @Nullable Echo received(Ipv4Address from, int sequence, int bytes, int ttl, long nanos) {
        long sent = sentNanos[sequence];
        if (sent == 0) {
            return null;
        }
        boolean again = sent < 0;
        long rtt = Math.max(0, nanos - Math.abs(sent));
        if (again) {
            duplicates++;
        } else {
            add(rtt);
            sentNanos[sequence] = -sent;
        }
        String line =
                String.format(
                        Locale.ROOT,
                        "%d bytes from %s: icmp_seq=%d ttl=%d time=%.3f ms%s",
                        bytes,
                        from,
                        sequence,
                        ttl,
                        rtt / 1e6,
                        again ? " (DUP!)" : "");
        return new Echo(line, again);
    }

    private void add(long rtt) {
        least = received == 0 ? rtt : Math.min(least, rtt);
        most = Math.max(most, rtt);
        received++;
        sum += rtt;
        squares += (double) rtt * rtt;
    }

    /** Goes on where another one is. */
    void take(PingReport other) {
        System.arraycopy(other.sentNanos, 0, sentNanos, 0, SEQUENCES);
        received = other.received;
        duplicates = other.duplicates;
        least = other.least;
        most = other.most;
        sum = other.sum;
        squares = other.squares;
    }

    void reset() {
        received = 0;
        duplicates = 0;
        least = 0;
        most = 0;
        sum = 0;
        squares = 0;
    }

    /** Two lines: counts and loss, round-trip times in milliseconds. */
    String summary(long sent) {
        double loss = sent == 0 ? 0 : 100.0 * Math.max(0, sent - received) / sent;
        String extra = duplicates == 0 ? "" : " +" + duplicates + " duplicates,";
        String counts =
                String.format(
                        Locale.ROOT,
                        "%d packets transmitted, %d received,%s %.0f%% packet loss\n",
                        sent,
                        received,
                        extra,
                        loss);
        if (received == 0) {
            return counts;
        }
        double mean = sum / received;
        double deviation = StrictMath.sqrt(Math.max(0, squares / received - mean * mean));
        return counts
                + String.format(
                        Locale.ROOT,
                        "rtt min/avg/max/mdev = %.3f/%.3f/%.3f/%.3f ms\n",
                        least / 1e6,
                        mean / 1e6,
                        most / 1e6,
                        deviation / 1e6);
    }

    String least() {
        return seconds((double) least);
    }

    String most() {
        return seconds((double) most);
    }

    String mean() {
        return seconds(received == 0 ? 0 : sum / received);
    }

    private static String seconds(double nanos) {
        return nanos == 0 ? "0" : String.format(Locale.ROOT, "%.6f", nanos / 1e9);
    }
}
