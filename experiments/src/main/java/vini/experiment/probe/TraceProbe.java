package vini.experiment.probe;

import vini.experiment.run.TraceRow;
import vini.forwarder.host.app.AppRecord;
import vini.forwarder.host.app.TracedPath;
import vini.net.Ipv4Address;
import vini.net.Quantity;
import vini.overlay.topology.Node;
import vini.overlay.world.Host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A path that is traced in a run: one row a round, with the names of the nodes that answered. */
final class TraceProbe implements RunningProbe {
    private static final double MILLIS = 1e6;

    private final ProbeStart start;
    private final TraceSpec spec;
    private final Host host;
    private final AppLogReader log;
    private final Map<Integer, String> names = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();

    TraceProbe(ProbeStart start, TraceSpec spec) throws IOException {
        this.start = start;
        this.spec = spec;
        this.host = start.host(spec.from());
        for (Node node : start.world().topology().nodes()) {
            names.put(start.address(node.name()).bits(), node.name());
        }
        names.put(start.address(spec.to()).bits(), spec.to());
        lines.add(TraceRow.HEADER);
        host.start(
                start.name(),
                "trace",
                "DST "
                        + start.address(spec.to())
                        + ", EVERY "
                        + Quantity.ofNanos(spec.every().toNanos())
                        + ", AT "
                        + start.startNanos()
                        + ", FOR "
                        + Quantity.ofNanos(start.durationNanos()));
        this.log = new AppLogReader(host, start.name());
    }

    @Override
    public void poll() throws IOException {
        for (AppRecord entry : log.read()) {
            if (entry instanceof TracedPath path) {
                lines.add(row(path).line());
            }
        }
    }

    private TraceRow row(TracedPath path) {
        List<String> nodes = new ArrayList<>(List.of(spec.from()));
        List<Double> roundTrips = new ArrayList<>();
        for (TracedPath.Hop hop : path.hops()) {
            Ipv4Address address = hop.address();
            nodes.add(
                    address == null
                            ? TraceRow.NOBODY
                            : names.getOrDefault(address.bits(), address.toString()));
            roundTrips.add(address == null ? Double.NaN : hop.nanos() / MILLIS);
        }
        return new TraceRow(start.seconds(path.nanos()), path.reached(), nodes, roundTrips);
    }

    @Override
    public void stop() throws IOException {
        host.stop(start.name());
        poll();
    }

    @Override
    public boolean isInForwarder() {
        return host.isInForwarder();
    }

    @Override
    public int ports() {
        return log.ports();
    }

    @Override
    public long lost() {
        return log.lost();
    }

    @Override
    public List<String> lines() {
        return lines;
    }
}
