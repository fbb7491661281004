package vini.experiment.run;

import com.google.auto.service.AutoService;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads what links carried. */
@AutoService(ProbeReader.class)
public final class LinksReader implements ProbeReader {
    private static final double EVERY_S = 0.1;

    @Override
    public String key() {
        return "links";
    }

    @Override
    public LinkLoads read(ProbeFile file) {
        List<LinkRow> rows = new ArrayList<>(file.rows(LinkRow.HEADER, LinksReader::row));
        rows.sort(Comparator.comparingDouble(LinkRow::timeS)); // stable: links keep their order
        double every = file.seconds("every");
        return new LinkLoads(file.name(), every > 0 ? every : EVERY_S, rows);
    }

    private static LinkRow row(String[] cells) {
        return new LinkRow(
                ProbeFile.number(cells[0]),
                ProbeFile.number(cells[1]),
                cells[2].strip().intern(),
                cells[3].strip().intern(),
                ProbeFile.count(cells[4]),
                ProbeFile.count(cells[5]),
                ProbeFile.count(cells[6]),
                Math.toIntExact(ProbeFile.count(cells[7])),
                Math.toIntExact(ProbeFile.count(cells[8])),
                cells[9].isBlank() ? 0 : ProbeFile.count(cells[9]));
    }
}
