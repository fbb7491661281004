package vini.experiment.probe;

import vini.experiment.run.ArrivalRow;
import vini.forwarder.host.app.AppRecord;
import vini.net.Quantity;
import vini.overlay.world.Host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A bulk TCP flow in a run: one row an arrival at the receiver. */
final class TcpProbe implements RunningProbe {
    private static final int FIRST_PORT = 5001;

    private final ProbeStart start;
    private final Host sender;
    private final Host receiver;
    private final String sink;
    private final AppLogReader log;
    private final AppLogReader sent;
    private final List<ArrivalRow> rows = new ArrayList<>();

    TcpProbe(ProbeStart start, TcpSpec spec) throws IOException {
        this.start = start;
        this.sender = start.host(spec.from());
        this.receiver = start.host(spec.to());
        this.sink = start.name() + "-sink";
        int port = FIRST_PORT + start.number();
        String window = spec.window() == null ? "" : ", WINDOW " + spec.window().bytes() + "B";
        String congestion =
                spec.congestion() == null ? "" : ", CONGESTION " + spec.congestion().text();
        receiver.start(sink, "receive", "PORT " + port + window);
        sender.start(
                start.name(),
                "send",
                "DST "
                        + start.address(spec.to())
                        + ", PORT "
                        + port
                        + ", AT "
                        + start.startNanos()
                        + ", FOR "
                        + Quantity.ofNanos(start.durationNanos())
                        + congestion);
        this.log = new AppLogReader(receiver, sink);
        this.sent = new AppLogReader(sender, start.name());
    }

    @Override
    public void poll() throws IOException {
        sent.read();
        for (AppRecord entry : log.read()) {
            switch (entry) {
                case AppRecord.Bytes bytes -> {
                    ArrivalRow row =
                            new ArrivalRow(start.seconds(bytes.nanos()), bytes.cumulative());
                    rows.add(row);
                    start.listener().arrived(start.name(), row);
                }
                default -> {}
            }
        }
    }

    @Override
    public void stop() throws IOException {
        sender.stop(start.name());
        receiver.stop(sink);
    }

    @Override
    public boolean isInForwarder() {
        return sender.isInForwarder() || receiver.isInForwarder();
    }

    @Override
    public int ports() {
        return sent.ports();
    }

    @Override
    public long lost() {
        return log.lost() + sent.lost();
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(ArrivalRow.HEADER);
        rows.forEach(row -> lines.add(row.line()));
        return lines;
    }
}
