package vini.experiment.report;

import tools.jackson.databind.JsonNode;

import vini.experiment.analysis.Summary;
import vini.experiment.run.Run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page of a run: one file of HTML with its figures in it, nothing loaded, no script. */
final class ReportPage {
    private final Summary summary;
    private final Run run;
    private final HtmlPage page = new HtmlPage();

    private ReportPage(Summary summary) {
        this.summary = summary;
        this.run = summary.analysis().run();
    }

    static String of(Summary summary, List<Figure> figures) {
        ReportPage report = new ReportPage(summary);
        report.head();
        report.page.pairs("inputs", ReportInputs.of(report.run));
        report.figures(figures);
        ReportTables.add(report.page, summary);
        report.environment();
        report.page.foot();
        return report.page.html();
    }

    private void head() {
        page.head(run.name());
        page.element("h1", "", run.name());
        String mark = summary.verdict().word();
        String line = Transcript.UNICODE.verdict(summary);
        page.raw("<p class=\"verdict " + mark + "\"><strong>" + mark + "</strong>")
                .text(line.substring(mark.length()))
                .raw("</p>\n");
        page.element("p", "story", Story.of(summary.analysis()));
        ReportTables.fidelity(page, summary.analysis());
    }

    private void figures(List<Figure> figures) {
        int number = 0;
        for (Figure figure : figures) {
            number++;
            page.figure(figure, number, ", drawn by <code>vini report .</code>");
        }
    }

    private void environment() {
        page.element("h2", "", "Made with");
        Map<String, String> rows = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : run.environment().properties()) {
            if (entry.getValue().isValueNode() && !entry.getKey().equals("crash")) {
                rows.put(name(entry.getKey()), ReportInputs.plain(entry.getValue()));
            }
        }
        page.pairs("made", rows);
        for (String problem : run.problems()) {
            page.element("p", "problem", problem);
        }
    }

    /** {@code ended_s} as {@code ended (s)}. */
    private static String name(String key) {
        String unit = key.endsWith("_s") ? " (s)" : "";
        return key.substring(0, key.length() - (unit.isEmpty() ? 0 : 2)).replace('_', ' ') + unit;
    }
}
