package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import vini.experiment.run.RunFolder;
import vini.overlay.host.Tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Removes old run folders and what killed slices left. */
@Command(
        name = "clean",
        header = "Remove old run folders, and what killed slices left.",
        description = {
            "%nOnly folders that a run has made are touched; slices that run are left alone."
        },
        footer = {
            "",
            "  vini clean --dry-run",
            "  vini clean --keep 3",
            "",
            "Exit status: 0 good, 2 a wrong number, 3 a folder cannot be removed."
        })
final class CleanCommand implements Callable<Integer> {
    private static final String LATEST = "latest";

    private final Terminal terminal;
    private final Slices slices;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description = "Where run folders are; default: ${DEFAULT-VALUE}.")
    private Path runs = Path.of("runs");

    @Option(
            names = "--keep",
            paramLabel = "N",
            description = "So many of the newest stay; default: ${DEFAULT-VALUE}.")
    private int keep = 10;

    @Option(names = "--dry-run", description = "Say what would go, and remove nothing.")
    private boolean dryRun;

    private record Aged(Path folder, FileTime time) {}

    CleanCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        if (keep < 0) {
            throw CommandException.wrongInput("--keep " + keep + ": 0 or more");
        }
        List<Path> old = old();
        for (Path folder : old) {
            terminal.say((dryRun ? "would remove " : "removed ") + folder);
            if (!dryRun) {
                Tree.remove(folder);
            }
        }
        Path latest = runs.resolve(LATEST);
        if (Files.isSymbolicLink(latest) && !Files.exists(latest)) {
            Files.delete(latest);
        }
        int killed = 0;
        for (String slice : stale()) {
            killed++;
            terminal.say((dryRun ? "would remove " : "removed ") + "state of " + slice);
        }
        if (old.isEmpty() && killed == 0) {
            terminal.say("nothing to remove");
        }
        return Exit.GOOD.status();
    }

    private List<String> stale() throws IOException {
        return dryRun
                ? slices.root().slices().stream().filter(s -> !s.live()).map(s -> s.name()).toList()
                : slices.root().removeStale();
    }

    private List<Path> old() throws IOException {
        List<Aged> found = new ArrayList<>();
        if (Files.isDirectory(runs)) {
            try (Stream<Path> entries = Files.list(runs)) {
                for (Path folder : entries.filter(CleanCommand::isRun).toList()) {
                    found.add(new Aged(folder, Files.getLastModifiedTime(folder)));
                }
            }
        }
        found.sort(Comparator.comparing(Aged::time).reversed().thenComparing(Aged::folder));
        return found.stream().skip(keep).map(Aged::folder).toList();
    }

    private static boolean isRun(Path folder) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(folder.resolve(RunFolder.ENVIRONMENT));
    }
}
