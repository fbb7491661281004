package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import vini.overlay.host.JvmCommand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real command in a process of its own, with state and runs in a folder of the test's. */
final class ViniProcess {
    /** What one command did. */
    record Result(int status, String out, String err) {}

    private static final int PATIENCE_S = 90;

    private final Process process;
    private final Path out;
    private final Path err;

    private ViniProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts {@code vini ARGUMENTS} in {@code folder}. */
    static ViniProcess start(Path folder, String... arguments) throws IOException {
        return startCommand(folder, command(arguments));
    }

    /** The command line of {@code vini ARGUMENTS}. */
    static List<String> command(String... arguments) {
        return StartupCache.using(
                JvmCommand.of(JvmCommand.Role.CLI, Main.class.getName(), List.of(arguments)));
    }

    /** Starts any program. */
    static ViniProcess startCommand(Path folder, List<String> command) throws IOException {
        Path out = Files.createTempFile(folder, "command", ".out");
        Path err = Files.createTempFile(folder, "command", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        Path runtime = folder.resolve("x");
        if (!Files.isDirectory(runtime)) {
            Files.createDirectory(runtime);
        }
        builder.environment().put("XDG_RUNTIME_DIR", runtime.toString());
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        return new ViniProcess(builder.start(), out, err);
    }

    /** Runs it to its end. */
    static Result run(Path folder, String... arguments) throws Exception {
        return start(folder, arguments).end();
    }

    Result end() throws Exception {
        boolean ended = process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("it ends; %s %s", out(), err()).isTrue();
        return new Result(process.exitValue(), out(), err());
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal by its name. */
    void signal(String name) throws Exception {
        signal(process.pid(), name);
    }

    static void signal(long pid, String name) throws Exception {
        assertThat(pid).as("a process, not a group").isGreaterThan(1);
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
                .isZero();
    }

    /** The processes of slices whose state is in that folder. */
    static List<Long> slicesProcesses(Path folder) throws IOException {
        List<Long> found = new ArrayList<>();
        String state = folder.resolve("x").toString();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path process : all.filter(p -> p.toString().matches("/proc/[0-9]+")).toList()) {
                if (commandLine(process).contains(state)) {
                    found.add(Long.parseLong(process.getFileName().toString()));
                }
            }
        }
        return found;
    }

    /** The process of that class whose state is in that folder; the only one. */
    static long theOne(Path folder, String mainClass) throws IOException {
        for (long pid : slicesProcesses(folder)) {
            if (commandLine(Path.of("/proc/" + pid)).contains(mainClass)) {
                return pid;
            }
        }
        throw new AssertionError("no " + mainClass + " of " + folder);
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"));
        } catch (IOException e) {
            return ""; // it has just ended
        }
    }

    /** No process, and no state but of slices that were killed. */
    static void assertNothingRuns(Path folder) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(slicesProcesses(folder)).isEmpty());
    }

    /** No process and no state at all. */
    static void assertNothingIsLeft(Path folder) throws IOException {
        assertNothingRuns(folder);
        Path state = folder.resolve("x/vini");
        if (Files.exists(state)) {
            assertThat(state).isEmptyDirectory();
        }
        StartupCache.makeIfWorthWhile();
    }
}
