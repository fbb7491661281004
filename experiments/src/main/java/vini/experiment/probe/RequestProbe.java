package vini.experiment.probe;

import vini.experiment.run.NewLines;
import vini.experiment.run.RequestRow;
import vini.forwarder.host.app.Exchange;
import vini.overlay.world.Host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Requests in a run: one row a request. */
final class RequestProbe implements RunningProbe {
    private static final int FIRST_PORT = 5001;
    private static final double MILLIS = 1e6;

    private final ProbeStart start;
    private final ProbeApps apps = new ProbeApps();
    private final AppLogReader log;
    private final List<RequestRow> rows = new ArrayList<>();
    private final NewLines settled = new NewLines(RequestRow.HEADER);

    RequestProbe(ProbeStart start, RequestSpec spec) throws IOException {
        this.start = start;
        Host asking = start.host(spec.from());
        int port = FIRST_PORT + start.number();
        apps.start(
                start.host(spec.to()),
                start.name() + "-server",
                "respond",
                "PORT " + port + ", " + spec.sizes());
        this.log =
                apps.start(
                        asking,
                        start.name(),
                        "request",
                        "DST "
                                + start.address(spec.to())
                                + ", PORT "
                                + port
                                + ", "
                                + spec.sizes()
                                + ", "
                                + spec.rhythm()
                                + ", "
                                + start.span());
    }

    @Override
    public void poll() throws IOException {
        for (Exchange one : ProbeApps.read(log, Exchange.class)) {
            RequestRow row =
                    new RequestRow(
                            one.sequence(),
                            start.seconds(one.startNanos()),
                            start.seconds(one.nanos()),
                            (one.nanos() - one.startNanos()) / MILLIS,
                            one.connectNanos() / MILLIS,
                            one.failure());
            rows.add(row);
            start.listener().exchanged(start.name(), row);
        }
    }

    /** What has no response by then never gets one. */
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
        return settled.of(rows, RequestRow::line);
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(RequestRow.HEADER);
        rows.stream()
                .sorted(Comparator.comparingLong(RequestRow::seq))
                .forEach(row -> lines.add(row.line()));
        return lines;
    }
}
