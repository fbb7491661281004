package vini.experiment.probe;

import vini.experiment.run.RequestRow;
import vini.forwarder.host.app.AppRecord;
import vini.forwarder.host.app.Exchange;
import vini.net.Quantity;
import vini.overlay.world.Host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Requests in a run: one row a request. */
final class RequestProbe implements RunningProbe {
    private static final int FIRST_PORT = 5001;
    private static final double MILLIS = 1e6;

    private final ProbeStart start;
    private final Host asking;
    private final Host answering;
    private final String server;
    private final AppLogReader log;
    private final List<RequestRow> rows = new ArrayList<>();

    RequestProbe(ProbeStart start, RequestSpec spec) throws IOException {
        this.start = start;
        this.asking = start.host(spec.from());
        this.answering = start.host(spec.to());
        this.server = start.name() + "-server";
        int port = FIRST_PORT + start.number();
        answering.start(server, "respond", "PORT " + port + ", " + spec.sizes());
        asking.start(
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
                        + ", AT "
                        + start.startNanos()
                        + ", FOR "
                        + Quantity.ofNanos(start.durationNanos()));
        this.log = new AppLogReader(asking, start.name());
    }

    @Override
    public void poll() throws IOException {
        for (AppRecord entry : log.read()) {
            if (entry instanceof Exchange one) {
                rows.add(
                        new RequestRow(
                                one.sequence(),
                                start.seconds(one.startNanos()),
                                start.seconds(one.nanos()),
                                (one.nanos() - one.startNanos()) / MILLIS,
                                one.connectNanos() / MILLIS,
                                one.failure()));
            }
        }
    }

    /** What has no response by then never gets one. */
    @Override
    public void stop() throws IOException {
        asking.stop(start.name());
        answering.stop(server);
        poll();
    }

    @Override
    public boolean isInForwarder() {
        return asking.isInForwarder() || answering.isInForwarder();
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
        List<String> lines = new ArrayList<>();
        lines.add(RequestRow.HEADER);
        rows.sort(Comparator.comparingLong(RequestRow::seq));
        rows.forEach(row -> lines.add(row.line()));
        return lines;
    }
}
