package vini.experiment.run;

import vini.net.wire.Ipv4Header;

import java.util.List;

/**
 * Requests and responses.
 *
 * @param rows in the order sent
 */
public record Requests(String name, String from, String to, int ports, List<RequestRow> rows)
        implements Probe.Between {
    public Requests {
        rows = List.copyOf(rows);
    }

    @Override
    public int protocol() {
        return Ipv4Header.TCP;
    }

    @Override
    public double lastS() {
        return rows.isEmpty() ? 0 : rows.getLast().sentS();
    }
}
