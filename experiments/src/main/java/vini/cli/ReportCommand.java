package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import vini.experiment.report.Report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Draws the report of a run again. */
@Command(
        name = "report",
        header = "Draw the report of a run again, from its folder alone.",
        footer = {
            "",
            "  vini report runs/latest",
            "  vini report runs/latest --json | jq .verdict",
            "",
            "Exit status: 0 drawn, 2 no run folder, 3 not writable."
        })
final class ReportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "RUN", description = "A run folder.")
    private Path folder = Path.of("");

    @Option(names = "--json", description = "Print the summary as JSON, and nothing else.")
    private boolean json;

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Report report = write();
        report.messages().forEach(terminal::complain);
        if (json) {
            terminal.out().println(report.summary().json().toPrettyString());
        } else {
            terminal.say(Transcripts.of(terminal).verdict(report.summary()));
            terminal.say(folder.resolve("report.html").toString());
        }
        return Exit.GOOD.status();
    }

    private Report write() throws IOException {
        try {
            return Report.write(folder);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongInput(String.valueOf(e.getMessage()));
        }
    }
}
