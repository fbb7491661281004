package vini.experiment.run;

import com.google.auto.service.AutoService;

/** Reads snapshots of FIBs. */
@AutoService(ProbeReader.class)
public final class FibReader implements ProbeReader {
    @Override
    public String key() {
        return "fib";
    }

    @Override
    public Snapshots read(ProbeFile file) {
        return Snapshots.of(
                file.name(), Snapshots.Kind.FIB, file.rows(FibRow.HEADER, FibReader::entry));
    }

    private static Snapshots.Entry entry(String[] cells) {
        return new Snapshots.Entry(
                ProbeFile.number(cells[0]),
                cells[1].strip().intern(),
                cells[2].strip().intern(),
                cells[3].strip().intern());
    }
}
