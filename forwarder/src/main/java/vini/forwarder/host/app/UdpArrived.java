package vini.forwarder.host.app;

/**
 * {@code udp-arrived SLICE NANOS RECEIVED DUPLICATES REORDERED JITTER MIN MAX SUM DELAYS}: what
 * arrived of the datagrams that were sent in a slice of time.
 *
 * @param slice number of the slice, from 0 at the flow's beginning
 * @param nanos when this was written
 * @param received datagrams, each counted once
 * @param duplicates further arrivals of them
 * @param reordered of those received, RFC 4737 3.3
 * @param jitterNanos the jitter of RFC 3550 6.4.1 after each of them, summed up
 * @param minNanos the least one-way delay
 * @param maxNanos the greatest
 * @param sumNanos all of them together
 * @param delays as {@link DelayCounts}
 */
public record UdpArrived(
        long slice,
        long nanos,
        long received,
        long duplicates,
        long reordered,
        long jitterNanos,
        long minNanos,
        long maxNanos,
        long sumNanos,
        String delays)
        implements AppRecord {
    static final String WORD = "udp-arrived";

    private static final int NUMBERS = 9;

    @Override
    public String line() {
        StringBuilder line = new StringBuilder(WORD);
        for (long number :
                new long[] {
                    slice,
                    nanos,
                    received,
                    duplicates,
                    reordered,
                    jitterNanos,
                    minNanos,
                    maxNanos,
                    sumNanos
                }) {
            line.append(' ').append(number);
        }
        return line.append(' ').append(delays).toString().stripTrailing();
    }

    static UdpArrived parse(String text) {
        String[] words = text.split(" ", NUMBERS + 2);
        long[] numbers = new long[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            numbers[i] = Long.parseLong(words[i + 1]);
        }
        return new UdpArrived(
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                numbers[5],
                numbers[6],
                numbers[7],
                numbers[8],
                words.length > NUMBERS + 1 ? words[NUMBERS + 1] : "");
    }
}
