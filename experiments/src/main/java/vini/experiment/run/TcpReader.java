package vini.experiment.run;

import com.google.auto.service.AutoService;

import java.util.ArrayList;
import java.util.List;

/** Reads the arrivals of a TCP flow. */
@AutoService(ProbeReader.class)
public final class TcpReader implements ProbeReader {
    @Override
    public String key() {
        return "tcp";
    }

    @Override
    public Probe.Tcp read(ProbeFile file) {
        List<ArrivalRow> rows =
                file.rows(
                        ArrivalRow.HEADER,
                        cells ->
                                new ArrivalRow(
                                        ProbeFile.number(cells[0]), ProbeFile.count(cells[1])));
        return new Probe.Tcp(
                file.name(),
                file.text("from"),
                file.text("to"),
                file.ports(),
                file.bytes("window"),
                rising(file, rows));
    }

    private static List<ArrivalRow> rising(ProbeFile file, List<ArrivalRow> rows) {
        List<ArrivalRow> rising = new ArrayList<>(rows.size());
        for (ArrivalRow row : rows) {
            ArrivalRow before = rising.isEmpty() ? null : rising.getLast();
            if (before != null && (row.timeS() < before.timeS() || row.bytes() < before.bytes())) {
                file.problem(
                        file.name()
                                + ".csv: a row at "
                                + row.timeS()
                                + " s runs backwards; left out");
                break;
            }
            rising.add(row);
        }
        return rising;
    }
}
