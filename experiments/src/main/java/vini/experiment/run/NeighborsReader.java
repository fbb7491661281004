package vini.experiment.run;

import com.google.auto.service.AutoService;

/** Reads snapshots of neighbours. */
@AutoService(ProbeReader.class)
public final class NeighborsReader implements ProbeReader {
    @Override
    public String key() {
        return "neighbors";
    }

    @Override
    public Snapshots read(ProbeFile file) {
        return Snapshots.of(
                file.name(),
                Snapshots.Kind.NEIGHBORS,
                file.rows(NeighborStateRow.HEADER, NeighborsReader::entry));
    }

    private static Snapshots.Entry entry(String[] cells) {
        return new Snapshots.Entry(
                ProbeFile.number(cells[0]),
                cells[1].strip().intern(),
                cells[2].strip().intern(),
                cells[5].strip().intern());
    }
}
