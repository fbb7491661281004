package vini.experiment.report;

import com.google.auto.service.AutoService;

import vini.experiment.analysis.Analysis;
import vini.experiment.analysis.TraceResult;
import vini.experiment.analysis.TracedStretch;
import vini.experiment.analysis.Walk;

import java.util.ArrayList;
import java.util.List;

/** What a report says of traced paths. */
@AutoService(ProbeChapter.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class TraceChapter implements ProbeChapter<TraceResult> {
    /** More would make a table that nobody reads. */
    private static final int ROWS_MAX = 60;

    @Override
    public Class<TraceResult> of() {
        return TraceResult.class;
    }

    @Override
    public int place() {
        return 50;
    }

    @Override
    public List<Figure> figures(TraceResult trace, Analysis analysis) {
        return List.of(TraceFigure.of(trace, analysis.run().events(), analysis.run().endS()));
    }

    @Override
    public void tell(TraceResult trace, Analysis analysis, List<String> sentences) {
        int disagreed = trace.phases().stream().mapToInt(TraceResult.TracePhase::disagreed).sum();
        int rounds = trace.probe().rows().size();
        if (rounds > 0) {
            sentences.add(
                    "The path traced from "
                            + trace.probe().from()
                            + " to "
                            + trace.probe().to()
                            + (disagreed == 0
                                    ? " was always that of the FIBs."
                                    : " was another than the FIBs had in "
                                            + disagreed
                                            + " of "
                                            + rounds
                                            + " rounds."));
        }
    }

    @Override
    public void tables(HtmlPage page, List<TraceResult> results) {
        page.element("h2", "", "Paths traced");
        for (TraceResult result : results) {
            List<List<String>> rows = new ArrayList<>();
            result.stretches().stream().limit(ROWS_MAX).forEach(s -> rows.add(row(result, s)));
            page.table(List.of("probe", ">from", ">to", ">rounds", "path", "the FIBs had"), rows);
            int more = result.stretches().size() - rows.size();
            if (more > 0) {
                page.element("p", "note", more + " more changes are in summary.json.");
            }
        }
        page.element(
                "p",
                "note",
                "By packets with growing TTL, a row for each change; times in seconds. A star is a"
                        + " hop from which no answer came. The last column has the way of the FIBs"
                        + " where it is another one.");
    }

    private static List<String> row(TraceResult result, TracedStretch stretch) {
        Walk fib = stretch.fib();
        return List.of(
                result.probe().name(),
                Decimals.fixed(stretch.fromS(), 2),
                Decimals.fixed(stretch.toS(), 2),
                Integer.toString(stretch.rounds()),
                String.join(" ", stretch.path()) + (stretch.reached() ? "" : " …"),
                fib == null
                        ? ""
                        : String.join(" ", fib.nodes())
                                + (fib.arrives() ? "" : " (" + fib.trouble() + ")"));
    }
}
