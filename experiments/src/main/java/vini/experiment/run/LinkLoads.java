package vini.experiment.run;

import java.util.List;

/**
 * What links carried.
 *
 * @param everyS the time between two looks
 * @param rows in order of time
 */
public record LinkLoads(String name, double everyS, List<LinkRow> rows) implements Probe {
    public LinkLoads {
        rows = List.copyOf(rows);
    }

    @Override
    public double lastS() {
        return rows.isEmpty() ? 0 : rows.getLast().timeS() + rows.getLast().lengthS();
    }
}
