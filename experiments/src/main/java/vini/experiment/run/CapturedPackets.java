package vini.experiment.run;

import java.util.List;

/**
 * What a capture has seen.
 *
 * @param missed packets for which there was no time to be written down
 * @param rows in the order in which such packets were first seen
 */
public record CapturedPackets(String name, long missed, List<CaptureRow> rows) implements Probe {
    public CapturedPackets {
        rows = List.copyOf(rows);
    }

    @Override
    public double lastS() {
        return 0; // counts of the whole run have no time
    }
}
