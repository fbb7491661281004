package vini.experiment.run;

import com.google.auto.service.AutoService;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads the rounds of a trace. */
@AutoService(ProbeReader.class)
public final class TraceReader implements ProbeReader {
    @Override
    public String key() {
        return "trace";
    }

    @Override
    public TracedPaths read(ProbeFile file) {
        List<TraceRow> rows = new ArrayList<>(file.rows(TraceRow.HEADER, TraceReader::row));
        rows.sort(Comparator.comparingDouble(TraceRow::timeS));
        return new TracedPaths(file.name(), file.text("from"), file.text("to"), file.ports(), rows);
    }

    private static TraceRow row(String[] cells) {
        List<Double> times = new ArrayList<>();
        for (String word : cells[3].strip().split(" ", -1)) {
            if (!word.isEmpty()) {
                times.add(
                        word.equals(TraceRow.NOBODY)
                                ? Double.valueOf(Double.NaN)
                                : Double.valueOf(ProbeFile.number(word)));
            }
        }
        return new TraceRow(
                ProbeFile.number(cells[0]),
                Boolean.parseBoolean(cells[1].strip()),
                List.of(cells[2].strip().split(" ", -1)),
                times);
    }
}
