package vini.experiment.run;

import com.google.auto.service.AutoService;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads the echoes of a ping. */
@AutoService(ProbeReader.class)
public final class PingReader implements ProbeReader {
    @Override
    public String key() {
        return "ping";
    }

    @Override
    public Probe.Ping read(ProbeFile file) {
        List<EchoRow> rows = new ArrayList<>(file.rows(EchoRow.HEADER, PingReader::echo));
        rows.sort(Comparator.comparingDouble(EchoRow::sentS).thenComparingInt(EchoRow::seq));
        return new Probe.Ping(file.name(), file.text("from"), file.text("to"), file.ports(), rows);
    }

    private static EchoRow echo(String[] cells) {
        int seq = Integer.parseInt(cells[0].strip());
        double sent = ProbeFile.number(cells[1]);
        return cells[3].isBlank()
                ? EchoRow.lost(seq, sent)
                : new EchoRow(
                        seq,
                        sent,
                        ProbeFile.number(cells[2]),
                        ProbeFile.number(cells[3]),
                        cells[4].isBlank() ? 0 : Integer.parseInt(cells[4].strip()));
    }
}
