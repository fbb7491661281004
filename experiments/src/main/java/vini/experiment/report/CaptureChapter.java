package vini.experiment.report;

import com.google.auto.service.AutoService;

import vini.experiment.analysis.CaptureResult;
import vini.experiment.run.CaptureRow;

import java.util.ArrayList;
import java.util.List;

/** What a report says of captures. */
@AutoService(ProbeChapter.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class CaptureChapter implements ProbeChapter<CaptureResult> {
    /** More would make a table that nobody reads. */
    private static final int ROWS_MAX = 40;

    @Override
    public Class<CaptureResult> of() {
        return CaptureResult.class;
    }

    @Override
    public int place() {
        return 80;
    }

    @Override
    public void tables(HtmlPage page, List<CaptureResult> results) {
        page.element("h2", "", "Packets captured");
        for (CaptureResult result : results) {
            List<List<String>> rows = new ArrayList<>();
            result.probe().rows().stream().limit(ROWS_MAX).forEach(row -> rows.add(row(row)));
            page.table(List.of("place", "", "fate", ">packets", ">carried"), rows);
            page.element("p", "note", note(result, rows.size()));
        }
    }

    private static String note(CaptureResult result, int shown) {
        StringBuilder text = new StringBuilder();
        String name = result.probe().name();
        text.append(name).append(".pcapng has ").append(Decimals.count(result.written()));
        text.append(" of ").append(Decimals.count(result.packets()));
        text.append(" packets; Wireshark opens it. Its times are seconds since t = 0, and why a");
        text.append(" packet was dropped stands in its comment.");
        if (result.probe().missed() > 0) {
            text.append(' ').append(Decimals.count(result.probe().missed()));
            text.append(" more came faster than they were read.");
        }
        int more = result.probe().rows().size() - shown;
        if (more > 0) {
            text.append(" The other ").append(more).append(" rows are in ");
            text.append(name).append(".csv.");
        }
        return text.toString();
    }

    private static List<String> row(CaptureRow row) {
        return List.of(
                row.place().replace(">", " → "),
                row.direction(),
                row.reason() == null ? "" : row.reason() + " at " + row.endedAt(),
                Decimals.count(row.packets()),
                Decimals.bytes(row.bytes()));
    }
}
