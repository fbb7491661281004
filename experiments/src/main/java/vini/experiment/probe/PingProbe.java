package vini.experiment.probe;

import vini.experiment.run.EchoRow;
import vini.experiment.run.NewLines;
import vini.forwarder.host.app.AppRecord;
import vini.net.Quantity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A ping in a run: one row an echo. */
final class PingProbe implements RunningProbe {
    /** An echo without an answer for this long is told as lost; an answer may still come. */
    private static final double GIVEN_UP_S = 1.0;

    private static final double MILLIS = 1e3;

    private final ProbeStart start;
    private final ProbeApps apps = new ProbeApps();
    private final AppLogReader log;
    private final List<EchoRow> rows = new ArrayList<>();

    /** Where in the rows an echo is; not at its number if records before it were lost. */
    private final Map<Long, Integer> places = new LinkedHashMap<>();

    private final NewLines settled = new NewLines(EchoRow.HEADER);
    private int told;

    PingProbe(ProbeStart start, PingSpec spec) throws IOException {
        this.start = start;
        this.log =
                apps.start(
                        start.host(spec.from()),
                        start.name(),
                        "ping",
                        "DST "
                                + start.address(spec.to())
                                + ", EVERY "
                                + Quantity.ofNanos(spec.every().toNanos())
                                + ", SIZE "
                                + spec.size().bytes()
                                + "B, "
                                + start.span());
    }

    @Override
    public void poll() throws IOException {
        for (AppRecord entry : log.read()) {
            switch (entry) {
                case AppRecord.Sent sent -> {
                    if (places.putIfAbsent(sent.sequence(), rows.size()) == null) {
                        int seq = (int) sent.sequence();
                        rows.add(EchoRow.lost(seq, start.seconds(sent.nanos())));
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
        Integer place = places.get(reply.sequence());
        if (place != null) {
            EchoRow row = rows.get(place);
            double sent = row.sentS();
            double received = start.seconds(reply.nanos());
            double rtt = (received - sent) * MILLIS;
            rows.set(place, new EchoRow(row.seq(), sent, received, rtt, reply.ttl()));
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
        return settled.of(rows, told, EchoRow::line);
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(EchoRow.HEADER);
        rows.forEach(row -> lines.add(row.line()));
        return lines;
    }
}
