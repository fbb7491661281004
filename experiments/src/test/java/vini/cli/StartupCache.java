package vini.cli;

import org.jspecify.annotations.Nullable;

import vini.overlay.host.JvmCommand;
import vini.overlay.host.Tree;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/**
 * Starts the command as the launcher does, with AOT caches, so that tests which start many wait
 * half as long. The caches are made, in half a minute, once so many have started that it is worth
 * while: who runs a single test does not wait for them.
 */
final class StartupCache {
    private static final int WORTH_WHILE = 25;
    private static final int PATIENCE_S = 100;

    private static final Path STORE = Path.of("target/vini-under-test").toAbsolutePath();
    private static final Path BUILD = STORE.resolve("build");

    private static int started;
    private static boolean tried;
    private static @Nullable String classPath;

    private StartupCache() {}

    /** Makes them if it is time; called while no slice runs, as it takes both processors. */
    static synchronized void makeIfWorthWhile() {
        if (started >= WORTH_WHILE && !tried) {
            tried = true;
            try {
                classPath = make();
            } catch (IOException e) {
                System.err.println("no start-up cache, so commands start slowly: " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** That command line, changed so that it uses the caches if they are there. */
    static synchronized List<String> using(List<String> command) {
        started++;
        String jars = classPath;
        Path cache = BUILD.resolve("aot").resolve(java()).resolve("cli.aot");
        if (jars == null || !Files.isReadable(cache)) {
            return command;
        }
        List<String> faster = new ArrayList<>(command);
        int at = faster.indexOf("-cp");
        faster.set(at + 1, jars);
        faster.addAll(
                at,
                List.of(
                        "-XX:AOTCache=" + cache,
                        "-Dvini.build=" + BUILD,
                        "-Dvini.java.build=" + java()));
        return faster;
    }

    private static String java() {
        return System.getProperty("java.vm.version");
    }

    /** Makes a build of the classes under test, and its caches; returns its class path. */
    private static String make() throws IOException, InterruptedException {
        Tree.remove(BUILD);
        Path lib = Files.createDirectories(BUILD.resolve("lib"));
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path place = Path.of(entry);
            if (!Files.isDirectory(place)) {
                jars.add(entry);
            } else if (!place.endsWith("test-classes")) {
                Path jar = lib.resolve(jars.size() + ".jar"); // a cache knows jars only
                int status =
                        ToolProvider.findFirst("jar")
                                .orElseThrow()
                                .run(
                                        System.out,
                                        System.err,
                                        "--create",
                                        "--file=" + jar,
                                        "-C",
                                        entry,
                                        ".");
                if (status != 0) {
                    throw new IOException("jar ended with status " + status);
                }
                jars.add(jar.toString());
            }
        }
        String all = String.join(File.pathSeparator, jars);
        Files.writeString(BUILD.resolve("classpath"), all + "\n");
        try (InputStream options = JvmCommand.class.getResourceAsStream("jvm.options")) {
            Files.write(
                    BUILD.resolve("jvm.options"), Objects.requireNonNull(options).readAllBytes());
        }
        Process training =
                new ProcessBuilder(
                                "bash",
                                Path.of("src/main/launcher/train.sh").toAbsolutePath().toString(),
                                STORE.toString(),
                                BUILD.toString(),
                                System.getProperty("java.home"),
                                java(),
                                "now")
                        .redirectErrorStream(true)
                        .redirectOutput(STORE.resolve("train.log").toFile())
                        .start();
        try {
            if (!training.waitFor(PATIENCE_S, TimeUnit.SECONDS) || training.exitValue() != 0) {
                throw new IOException("see " + STORE.resolve("train.log"));
            }
        } finally {
            training.descendants().forEach(ProcessHandle::destroy);
            training.destroy();
        }
        return all;
    }
}
