package vini.experiment.run;

import com.google.auto.service.AutoService;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads requests and responses. */
@AutoService(ProbeReader.class)
public final class RequestReader implements ProbeReader {
    @Override
    public String key() {
        return "request";
    }

    @Override
    public Requests read(ProbeFile file) {
        List<RequestRow> rows = new ArrayList<>(file.rows(RequestRow.HEADER, RequestReader::row));
        rows.sort(Comparator.comparingDouble(RequestRow::sentS).thenComparingLong(RequestRow::seq));
        return new Requests(file.name(), file.text("from"), file.text("to"), file.ports(), rows);
    }

    private static RequestRow row(String[] cells) {
        return new RequestRow(
                ProbeFile.count(cells[0]),
                ProbeFile.number(cells[1]),
                ProbeFile.number(cells[2]),
                ProbeFile.number(cells[3]),
                ProbeFile.number(cells[4]),
                cells[5].strip());
    }
}
