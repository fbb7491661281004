package vini.cli;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.Surroundings;
import vini.experiment.run.RunFolder;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** This machine, this user's folders, and the time on the wall, which stands once in a run. */
final class LocalSurroundings implements Surroundings {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final Path RUNS = Path.of("runs");
    private static final Path LATEST = RUNS.resolve("latest");

    private final Map<String, String> environment;
    private final String version;
    private final List<String> command;

    /** What was made for the run folder, from above to below. */
    private final List<Path> made = new CopyOnWriteArrayList<>();

    /** Where "latest" led before it led to this run. */
    private @Nullable Path latestBefore;

    /** The command is what the user typed after {@code vini}. */
    LocalSurroundings(Map<String, String> environment, String version, List<String> command) {
        this.version = version;
        this.environment = environment;
        this.command = List.copyOf(command);
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public RunFolder runFolder(@Nullable Path out, String experiment) throws IOException {
        if (out != null) {
            if (Files.exists(out) && (!Files.isDirectory(out) || !isEmpty(out))) {
                throw CommandException.wrongInput(
                        out + " holds something already; name another folder, or remove it");
            }
            made.addAll(SudoUser.createDirectories(out, environment));
            return new RunFolder(out);
        }
        made.addAll(SudoUser.createDirectories(RUNS, environment));
        RunFolder folder = new RunFolder(freshBelowRuns(experiment));
        try {
            SudoUser.own(folder.path(), environment);
            latestBefore = Files.isSymbolicLink(LATEST) ? Files.readSymbolicLink(LATEST) : null;
            point(LATEST, folder.path().getFileName());
            SudoUser.own(LATEST, environment);
            return folder;
        } catch (IOException e) {
            discardEmpty(folder);
            throw e;
        }
    }

    private Path freshBelowRuns(String experiment) throws IOException {
        String name = experiment + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP);
        for (int n = 1; ; n++) {
            Path folder = RUNS.resolve(n == 1 ? name : name + "-" + n);
            try {
                made.add(Files.createDirectory(folder));
                return folder;
            } catch (FileAlreadyExistsException e) {
                // another run of the same second has it
            }
        }
    }

    @Override
    public void discardEmpty(RunFolder folder) throws IOException {
        if (!isEmpty(folder.path())) {
            return;
        }
        if (Files.isSymbolicLink(LATEST)
                && Files.readSymbolicLink(LATEST).equals(folder.path().getFileName())) {
            if (latestBefore == null) {
                Files.delete(LATEST);
            } else {
                point(LATEST, latestBefore);
            }
        }
        for (Path below : made.reversed()) {
            if (isEmpty(below)) {
                Files.delete(below);
            }
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /** Moves the link in one step, so that it always leads somewhere. */
    private static void point(Path link, Path target) throws IOException {
        Path fresh =
                link.resolveSibling("." + link.getFileName() + "." + ProcessHandle.current().pid());
        Files.deleteIfExists(fresh);
        Files.createSymbolicLink(fresh, target);
        Files.move(fresh, link, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public ObjectNode machine() {
        ObjectNode machine = JsonMapper.shared().createObjectNode();
        machine.put("vini", version);
        machine.put("java", Runtime.version().toString());
        machine.put(
                "kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("machine", System.getProperty("os.arch"));
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("offload", UdpOffloadTrial.run().sentence());
        machine.put(
                "started",
                ZonedDateTime.now(ZoneId.systemDefault())
                        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        machine.put("command", "vini " + String.join(" ", command));
        return machine;
    }
}
