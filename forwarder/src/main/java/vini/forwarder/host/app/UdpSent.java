package vini.forwarder.host.app;

/**
 * {@code udp-sent SLICE NANOS SENT SKIPPED LATE LATE_MAX}: what a sender did in a slice of time.
 *
 * @param slice number of the slice, from 0 at the flow's beginning
 * @param nanos when this was written
 * @param sent datagrams
 * @param skipped datagrams that were due while the sender's machine was too busy to send them
 * @param lateNanos by how much all of them together were sent after their time
 * @param lateNanosMax the most of them
 */
public record UdpSent(
        long slice, long nanos, long sent, long skipped, long lateNanos, long lateNanosMax)
        implements AppRecord {
    static final String WORD = "udp-sent";

    @Override
    public String line() {
        return String.join(
                " ",
                WORD,
                Long.toString(slice),
                Long.toString(nanos),
                Long.toString(sent),
                Long.toString(skipped),
                Long.toString(lateNanos),
                Long.toString(lateNanosMax));
    }

    static UdpSent parse(String[] words) {
        return new UdpSent(
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]),
                Long.parseLong(words[6]));
    }
}
