package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.ProbeResult;

import java.util.ArrayList;
import java.util.List;

/** The table of the programs of a run, and what they said last. */
final class ProgramTable {
    private static final int LAST_LINES = 3;
    private static final int COMMAND_MAX = 120;
    private static final int LINE_MAX = 160;

    private ProgramTable() {}

    /** Adds it to the page; without programs there is none. */
    static void add(HtmlPage page, List<ProbeResult.Program> programs) {
        if (programs.isEmpty()) {
            return;
        }
        page.element("h2", "", "Programs");
        List<List<String>> rows = new ArrayList<>();
        for (ProbeResult.Program program : programs) {
            rows.add(
                    List.of(
                            program.probe().name(),
                            cut(String.join(" ", program.probe().command()), COMMAND_MAX),
                            program.probe().on(),
                            seconds(program.fromS()),
                            seconds(program.toS()),
                            outcome(program),
                            lastLines(program.lines())));
        }
        page.table(
                List.of("probe", "command", "on", ">from", ">to", "status", "it said last"), rows);
        page.element(
                "p",
                "note",
                "Times in seconds. All that a program said is in its file, and what it wrote is in"
                        + " its folder below programs.");
    }

    private static String outcome(ProbeResult.Program program) {
        Integer status = program.status();
        if (status != null) {
            return status.toString();
        }
        boolean served = program.probe().serves() && program.toS() != null;
        return served ? "served" : String.valueOf(program.trouble());
    }

    private static String lastLines(List<String> lines) {
        int from = Math.max(0, lines.size() - LAST_LINES);
        List<String> last =
                lines.subList(from, lines.size()).stream().map(l -> cut(l, LINE_MAX)).toList();
        return String.join(" / ", last);
    }

    private static String cut(String text, int most) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= most ? line : line.substring(0, most - 1) + "…";
    }

    private static String seconds(@Nullable Double value) {
        return value == null ? "–" : Decimals.fixed(value, 2);
    }
}
