package vini.experiment.probe;

import vini.experiment.run.EchoRow;
import vini.forwarder.host.app.AppRecord;
import vini.net.Quantity;
import vini.overlay.world.Host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A ping in a run: one row an echo. */
final class PingProbe implements RunningProbe {
    /** An echo without an answer for this long is told as lost; an answer may still come. */
    private static final double GIVEN_UP_S = 1.0;

    private static final double MILLIS = 1e3;

    private final ProbeStart start;
    private final Host host;
    private final AppLogReader log;
    private final List<EchoRow> rows = new ArrayList<>();
    private int told;

    PingProbe(ProbeStart start, PingSpec spec) throws IOException {
        this.start = start;
        this.host = start.host(spec.from());
        host.start(
                start.name(),
                "ping",
                "DST "
                        + start.address(spec.to())
                        + ", EVERY "
                        + Quantity.ofNanos(spec.every().toNanos())
                        + ", SIZE "
                        + spec.size().bytes()
                        + "B, AT "
                        + start.startNanos()
                        + ", FOR "
                        + Quantity.ofNanos(start.durationNanos()));
        this.log = new AppLogReader(host, start.name());
    }

    @Override
    public void poll() throws IOException {
        for (AppRecord entry : log.read()) {
            switch (entry) {
                case AppRecord.Sent sent -> {
                    if (sent.sequence() == rows.size()) {
                        rows.add(EchoRow.lost(rows.size(), start.seconds(sent.nanos())));
                    }
                }
                case AppRecord.Reply reply -> answer(reply);
                default -> {}
            }
        }
        double now = start.seconds(start.world().clock().nowNanos());
        while (told < rows.size()) {
            EchoRow row = rows.get(told);
            if (!row.answered() && now - row.sentS() < GIVEN_UP_S) {
                return;
            }
            told++;
            start.listener().echo(start.name(), row);
            start.watch().echo(start.name(), log.ports(), row);
        }
    }

    private void answer(AppRecord.Reply reply) {
        if (reply.sequence() < rows.size()) {
            int seq = (int) reply.sequence();
            double sent = rows.get(seq).sentS();
            double received = start.seconds(reply.nanos());
            rows.set(
                    seq, new EchoRow(seq, sent, received, (received - sent) * MILLIS, reply.ttl()));
        }
    }

    @Override
    public void stop() throws IOException {
        host.stop(start.name());
    }

    @Override
    public int ports() {
        return log.ports();
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(EchoRow.HEADER);
        rows.forEach(row -> lines.add(row.line()));
        return lines;
    }
}
