package vini.experiment.probe;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.NewLines;
import vini.experiment.run.ProgramRow;
import vini.experiment.run.RunFolder;
import vini.overlay.world.Program;
import vini.time.Clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A program in a run, in a working folder of its own: one row for each thing that happens to it.
 */
final class ProgramProbe implements RunningProbe, Program.Listener {
    private final ProbeStart start;
    private final ProgramSpec spec;
    private final Path folder;
    private final List<ProgramRow> rows = new ArrayList<>();
    private final NewLines settled = new NewLines();
    private @Nullable Program program;
    private boolean asked;
    private boolean over;

    ProgramProbe(ProbeStart start, ProgramSpec spec) throws IOException {
        this.start = start;
        this.spec = spec;
        this.folder =
                Files.createDirectories(RunFolder.workingFolder(start.folder(), start.name()));
        for (Map.Entry<String, String> file : spec.files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        Clock clock = start.world().clock();
        clock.timer(this::launch).at(start.startNanos() + spec.at().toNanos());
        if (spec.until() != null) {
            clock.timer(this::ask).at(start.startNanos() + spec.until().toNanos());
        } else if (!spec.serves()) {
            clock.timer(this::ask).at(start.startNanos() + start.durationNanos());
        }
    }

    private double now() {
        return start.seconds(start.world().clock().nowNanos());
    }

    private void launch() {
        if (asked) {
            return;
        }
        double at = now();
        try {
            program = start.host(spec.on()).run(spec.command(), folder, this);
            rows.add(ProgramRow.of(at, ProgramRow.What.STARTED));
        } catch (IOException e) {
            over = true;
            rows.add(new ProgramRow(at, ProgramRow.What.FAILED, e.getMessage(), null));
            start.listener().note(at, start.name() + " could not start: " + e.getMessage());
        }
    }

    private void ask() {
        if (asked) {
            return;
        }
        asked = true;
        if (program == null) {
            over = true;
        } else if (!over) {
            rows.add(ProgramRow.of(now(), ProgramRow.What.STOPPED));
            program.stop();
        }
    }

    @Override
    public void said(long nanos, String line) {
        rows.add(new ProgramRow(start.seconds(nanos), ProgramRow.What.SAID, line, null));
    }

    @Override
    public void ended(long nanos, int status) {
        over = true;
        double at = start.seconds(nanos);
        rows.add(new ProgramRow(at, ProgramRow.What.ENDED, null, status));
        if (!asked) {
            start.listener()
                    .note(
                            at,
                            start.name()
                                    + ": "
                                    + spec.command().getFirst()
                                    + " on "
                                    + spec.on()
                                    + " ended with status "
                                    + status);
        }
    }

    @Override
    public void stop() {
        ask();
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public Supplier<List<String>> settled() {
        return settled.of(rows, ProgramRow::line);
    }

    @Override
    public List<String> lines() {
        return rows.stream().map(ProgramRow::line).toList();
    }
}
