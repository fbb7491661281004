package vini.cli;

import org.jspecify.annotations.Nullable;

import vini.bench.Bound;
import vini.bench.Figure;
import vini.bench.Numbers;
import vini.bench.Result;
import vini.bench.Scenario;
import vini.bench.Sheet;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The results of a scenario as tables for a person. */
final class BenchReport {
    private static final String INDENT = "  ";
    private static final int COLUMNS = 100;

    private final Terminal terminal;
    private final boolean boundsOnly;

    BenchReport(Terminal terminal, boolean boundsOnly) {
        this.terminal = terminal;
        this.boundsOnly = boundsOnly;
    }

    static String head(Scenario scenario, Terminal terminal) {
        return terminal.strong(scenario.name()) + " · " + scenario.title();
    }

    void print(Result result) {
        Sheet sheet = result.sheet();
        terminal.say("");
        terminal.say(
                head(result.scenario(), terminal)
                        + terminal.faint(" (took %.0f s)".formatted(result.seconds())));
        if (!boundsOnly) {
            subjects(sheet).forEach(subject -> figures(sheet, subject));
            cpu(sheet);
        }
        sheet.bounds().forEach(this::say);
        if (!boundsOnly) {
            sheet.notes().forEach(this::note);
        }
        if (result.unable() != null) {
            terminal.say(INDENT + terminal.bad("cannot") + "  " + result.unable());
        }
        terminal.out().flush();
    }

    private static Set<String> subjects(Sheet sheet) {
        Set<String> subjects = new LinkedHashSet<>();
        sheet.figures().forEach(figure -> subjects.add(figure.subject()));
        return subjects;
    }

    private void figures(Sheet sheet, String subject) {
        List<Figure> figures =
                sheet.figures().stream().filter(f -> f.subject().equals(subject)).toList();
        Figure first = figures.getFirst();
        Table table =
                new Table(subject + ", " + first.unit(), "median", "min", "max", "of the first");
        for (Figure figure : figures) {
            table.row(
                    figure.side(),
                    Numbers.of(figure.median()),
                    Numbers.of(figure.min()),
                    Numbers.of(figure.max()),
                    figure.equals(first) ? "" : Numbers.of(figure.times(first)));
        }
        table.lines().forEach(line -> terminal.say(INDENT + line));
        figures.stream().filter(figure -> figure.lacking() != null).forEach(this::lacking);
        terminal.say("");
    }

    private void lacking(Figure figure) {
        terminal.say(
                INDENT + terminal.bad("cannot") + "  " + figure.side() + ": " + figure.lacking());
    }

    private void print(Table table) {
        table.lines().forEach(line -> terminal.say(INDENT + line));
        terminal.say("");
    }

    private void cpu(Sheet sheet) {
        if (sheet.cpu().isEmpty()) {
            return;
        }
        Set<String> processes = new LinkedHashSet<>();
        sheet.cpu().values().forEach(row -> processes.addAll(row.keySet()));
        List<String> heading = new ArrayList<>(List.of("processor time, s"));
        heading.addAll(processes);
        boolean moved = !sheet.moved().isEmpty();
        if (moved) {
            heading.add("ms a gigabit");
        }
        Table table = new Table(heading.toArray(String[]::new));
        sheet.cpu()
                .forEach(
                        (side, row) -> {
                            List<String> cells = new ArrayList<>(List.of(side));
                            for (String process : processes) {
                                Double seconds = row.get(process);
                                cells.add(seconds == null ? "" : Numbers.of(seconds));
                            }
                            if (moved) {
                                cells.add(each(row, sheet.moved().get(side)));
                            }
                            table.row(cells.toArray(String[]::new));
                        });
        print(table);
    }

    /** All processors of the machine, for what was moved. */
    private static String each(Map<String, Double> row, @Nullable Double moved) {
        Double machine = row.get("machine");
        return moved == null || machine == null || moved == 0
                ? ""
                : Numbers.of(machine * 1000 / moved);
    }

    private void say(Bound bound) {
        String sign = bound.holds() ? terminal.good("✓ holds") : terminal.bad("✗ short");
        terminal.say(INDENT + sign + "  " + bound(bound));
    }

    /** In one line, without the verdict. */
    static String bound(Bound bound) {
        return bound.subject()
                + ": "
                + bound.says()
                + " "
                + Numbers.of(bound.measured())
                + " "
                + bound.unit()
                + " ("
                + bound.limits()
                + ")";
    }

    private void note(String sentence) {
        WrappedLines lines =
                new WrappedLines(terminal.isTerminal() ? terminal.columns() - 1 : COLUMNS);
        lines.add(INDENT + sentence, INDENT.length());
        lines.all().forEach(line -> terminal.say(terminal.faint(line)));
    }
}
