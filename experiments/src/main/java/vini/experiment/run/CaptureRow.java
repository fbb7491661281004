package vini.experiment.run;

import org.jspecify.annotations.Nullable;

/**
 * One row of a capture: how many packets were seen at a place that had the same fate.
 *
 * @param place as the capture file calls it: {@code dnvr>kscy}
 * @param direction in or out at a node; empty for links and for what ends
 * @param endedAt the node and the element where they ended; null if they went on
 * @param reason why they ended; null if they went on
 * @param packets that were seen
 * @param bytes of them, as IP has them
 * @param written how many of them are in the file; the others came after it was full
 */
public record CaptureRow(
        String place,
        String direction,
        @Nullable String endedAt,
        @Nullable String reason,
        long packets,
        long bytes,
        long written) {
    public static final String HEADER = "place,direction,ended_at,reason,packets,bytes,written";

    /** The place of the row that counts packets for which there was no time to be written down. */
    public static final String MISSED = "missed";

    /** The row of the file, without its end. */
    public String line() {
        return String.join(
                ",",
                place,
                direction,
                endedAt == null ? "" : endedAt,
                reason == null ? "" : reason,
                Long.toString(packets),
                Long.toString(bytes),
                Long.toString(written));
    }
}
