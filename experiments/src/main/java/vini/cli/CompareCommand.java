package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import vini.experiment.analysis.Summary;
import vini.experiment.compare.Comparison;
import vini.experiment.report.CompareReport;
import vini.experiment.report.Report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Lays runs side by side. */
@Command(
        name = "compare",
        header = "Lay runs side by side: levels, outages, rates, ways, convergence.",
        description = {
            "%nThe first run is what the others are compared with. Runs of both worlds can be"
                    + " compared."
        },
        footer = {
            "",
            "  vini compare runs/live runs/virtual",
            "  vini compare runs/a runs/b runs/c -o compared",
            "",
            "Exit status: 0 compared, 2 no run folder, 3 not writable."
        })
final class CompareCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", arity = "2..*", description = "Run folders, two or more.")
    private List<Path> folders = List.of();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Also write a page with figures there.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print the comparison as JSON, and nothing else.")
    private boolean json;

    CompareCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        List<Summary> runs = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Path folder : folders) {
            runs.add(read(folder));
            names.add(name(folder, names));
        }
        Comparison comparison = Comparison.of(names, runs);
        if (out != null) {
            Files.createDirectories(out);
            CompareReport.write(out, comparison, runs).forEach(terminal::complain);
        }
        if (json) {
            terminal.out().println(comparison.json().toPrettyString());
            return Exit.GOOD.status();
        }
        List<String> heads = new ArrayList<>(List.of("figure"));
        heads.addAll(names);
        heads.add("difference");
        Table table = new Table(heads.toArray(new String[0]));
        CompareReport.rows(comparison).forEach(row -> table.row(row.toArray(new String[0])));
        table.lines().forEach(terminal::say);
        if (out != null) {
            terminal.say(out.resolve("compare.html").toString());
        }
        return Exit.GOOD.status();
    }

    private static Summary read(Path folder) throws IOException {
        try {
            return Report.summary(folder);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongInput(String.valueOf(e.getMessage()));
        }
    }

    /** The last part of the path, and more of it where two runs are called the same. */
    private static String name(Path folder, List<String> taken) throws IOException {
        String name = folder.toRealPath().getFileName().toString();
        return taken.contains(name) ? folder.toString() : name;
    }
}
