package vini.experiment.probe;

import vini.experiment.run.NewLines;
import vini.experiment.run.TraceRow;
import vini.forwarder.host.app.TracedPath;
import vini.net.Ipv4Address;
import vini.net.Quantity;
import vini.overlay.topology.Node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A path that is traced in a run: one row a round, with the names of the nodes that answered. */
final class TraceProbe implements RunningProbe {
    private static final double MILLIS = 1e6;

    private final ProbeStart start;
    private final TraceSpec spec;
    private final ProbeApps apps = new ProbeApps();
    private final AppLogReader log;
    private final Map<Integer, String> names = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();
    private final NewLines settled = new NewLines();

    TraceProbe(ProbeStart start, TraceSpec spec) throws IOException {
        this.start = start;
        this.spec = spec;
        for (Node node : start.world().topology().nodes()) {
            names.put(start.address(node.name()).bits(), node.name());
        }
        names.put(start.address(spec.to()).bits(), spec.to());
        lines.add(TraceRow.HEADER);
        this.log =
                apps.start(
                        start.host(spec.from()),
                        start.name(),
                        "trace",
                        "DST "
                                + start.address(spec.to())
                                + ", EVERY "
                                + Quantity.ofNanos(spec.every().toNanos())
                                + ", "
                                + start.span());
    }

    @Override
    public void poll() throws IOException {
        for (TracedPath path : ProbeApps.read(log, TracedPath.class)) {
            lines.add(row(path).line());
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
        apps.stop();
        poll();
    }

    @Override
    public ProbeApps apps() {
        return apps;
    }

    @Override
    public Supplier<List<String>> settled() {
        return settled.of(lines, line -> line);
    }

    @Override
    public List<String> lines() {
        return lines;
    }
}
