package vini.experiment.run;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Reads what a capture has seen; its packets themselves are for other programs. */
@AutoService(ProbeReader.class)
public final class CaptureReader implements ProbeReader {
    @Override
    public String key() {
        return "capture";
    }

    @Override
    public CapturedPackets read(ProbeFile file) {
        List<CaptureRow> rows = file.rows(CaptureRow.HEADER, CaptureReader::row);
        return new CapturedPackets(
                file.name(),
                rows.stream().filter(CaptureReader::isMissed).mapToLong(CaptureRow::packets).sum(),
                rows.stream().filter(row -> !isMissed(row)).toList());
    }

    private static boolean isMissed(CaptureRow row) {
        return row.place().equals(CaptureRow.MISSED);
    }

    private static CaptureRow row(String[] cells) {
        return new CaptureRow(
                cells[0],
                cells[1],
                text(cells[2]),
                text(cells[3]),
                ProbeFile.count(cells[4]),
                ProbeFile.count(cells[5]),
                ProbeFile.count(cells[6]));
    }

    private static @Nullable String text(String cell) {
        return cell.isEmpty() ? null : cell;
    }
}
