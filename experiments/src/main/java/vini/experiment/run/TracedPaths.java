package vini.experiment.run;

import vini.net.wire.Ipv4Header;

import java.util.List;

/** A path that was traced again and again. */
public record TracedPaths(String name, String from, String to, int ports, List<TraceRow> rows)
        implements Probe.Between {
    public TracedPaths {
        rows = List.copyOf(rows);
    }

    /** How many packets of rounds that were sent between two times ended by their TTL, at least. */
    public long expired(double fromS, double toS) {
        return rows.stream()
                .filter(row -> row.timeS() >= fromS && row.timeS() < toS)
                .mapToLong(TraceRow::expired)
                .sum();
    }

    @Override
    public int protocol() {
        return Ipv4Header.ICMP;
    }

    @Override
    public double lastS() {
        return rows.isEmpty() ? 0 : rows.getLast().timeS();
    }
}
