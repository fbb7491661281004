package vini.experiment.probe;

import vini.experiment.run.ArrivalRow;
import vini.experiment.run.NewLines;
import vini.forwarder.host.app.AppRecord;
import vini.overlay.world.Host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A bulk TCP flow in a run: one row an arrival at the receiver. */
final class TcpProbe implements RunningProbe {
    private static final int FIRST_PORT = 5001;

    private final ProbeStart start;
    private final ProbeApps apps = new ProbeApps();
    private final AppLogReader log;
    private final AppLogReader sent;
    private final List<ArrivalRow> rows = new ArrayList<>();
    private final NewLines settled = new NewLines(ArrivalRow.HEADER);

    TcpProbe(ProbeStart start, TcpSpec spec) throws IOException {
        this.start = start;
        Host sender = start.host(spec.from());
        int port = FIRST_PORT + start.number();
        String window = spec.window() == null ? "" : ", WINDOW " + spec.window().bytes() + "B";
        String congestion =
                spec.congestion() == null ? "" : ", CONGESTION " + spec.congestion().text();
        this.log =
                apps.start(
                        start.host(spec.to()),
                        start.name() + "-sink",
                        "receive",
                        "PORT " + port + window);
        this.sent =
                apps.start(
                        sender,
                        start.name(),
                        "send",
                        "DST "
                                + start.address(spec.to())
                                + ", PORT "
                                + port
                                + ", "
                                + start.span()
                                + congestion);
    }

    @Override
    public void poll() throws IOException {
        sent.read();
        for (AppRecord.Bytes bytes : ProbeApps.read(log, AppRecord.Bytes.class)) {
            ArrivalRow row = new ArrivalRow(start.seconds(bytes.nanos()), bytes.cumulative());
            rows.add(row);
            start.listener().arrived(start.name(), row);
        }
    }

    @Override
    public void stop() throws IOException {
        apps.stop();
    }

    @Override
    public ProbeApps apps() {
        return apps;
    }

    @Override
    public Supplier<List<String>> settled() {
        return settled.of(rows, ArrivalRow::line);
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(ArrivalRow.HEADER);
        rows.forEach(row -> lines.add(row.line()));
        return lines;
    }
}
