package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The launcher itself, in a checkout of a handful of files, with a Maven and a Java that only note
 * that they were called, and that dawdle as long as a file says so.
 */
@Timeout(60)
class LauncherTest {
    private static final String MAVEN =
            """
            #!/bin/bash
            echo "$*" >>"$NOTES/mvn"
            mkdir -p experiments/target/lib forwarder/target
            [ -e "$NOTES/half" ] && : >forwarder/target/half
            while [ -e "$NOTES/dawdle-mvn" ]; do sleep 0.02; done
            if [ -e "$NOTES/break-mvn" ]; then
              echo 'WARNING: sun.misc.Unsafe::objectFieldOffset will be removed'
              echo "[ERROR] COMPILATION ERROR : "
              echo "[ERROR] $PWD/forwarder/src/main/java/A.java:[1,7] ';' expected"
              exit 1
            fi
            : >experiments/target/lib/netty.jar
            : >experiments/target/vini-experiments-0.1.0.jar
            """;

    private static final String JAVA =
            """
            #!/bin/bash
            for word; do
              case $word in
                -XX:AOTConfiguration=*) conf=${word#*=} ;;
                -XX:AOTCache=*) cache=${word#*=} ;;
              esac
            done
            case " $* " in
              *" -XX:AOTMode=record "*)
                echo train >>"$NOTES/trained"
                : >"$conf"
                while [ -e "$NOTES/dawdle-train" ]; do sleep 0.02; done ;;
              *" -XX:AOTMode=create "*) : >"$cache" ;;
              *RenewClasses*) ;;
              *)
                echo "ran${cache:+ with its cache}: ${*: -1}"
                while [ -e "$NOTES/dawdle-run" ]; do sleep 0.02; done ;;
            esac
            """;

    @TempDir Path folder;

    private Path checkout = Path.of("");
    private Path notes = Path.of("");
    private Path store = Path.of("");
    private final List<ViniProcess> started = new ArrayList<>();

    @BeforeEach
    void aSmallCheckout() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        checkout = Files.createDirectory(folder.resolve("checkout"));
        store = checkout.resolve("target/vini");
        notes = Files.createDirectory(folder.resolve("notes"));
        Files.setPosixFilePermissions(notes, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path root = root();
        for (String file :
                List.of(
                        "vini",
                        "experiments/src/main/launcher/build.sh",
                        "experiments/src/main/launcher/train.sh",
                        "experiments/src/main/launcher/RenewClasses.java",
                        "overlay/src/main/resources/vini/overlay/host/jvm.options")) {
            Path copy = checkout.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(root.resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        write(checkout.resolve(".mvn/jvm.config"), "");
        write(checkout.resolve("pom.xml"), "");
        write(checkout.resolve("forwarder/pom.xml"), "");
        write(checkout.resolve("forwarder/src/main/java/A.java"), "class A {}");
        write(checkout.resolve("forwarder/src/main/java/B.java"), "class B {}");
        program("bin/mvn", MAVEN);
        program("jdk/bin/java", JAVA);
        program("jdk/bin/javac", "");
        write(
                folder.resolve("jdk/release"),
                "JAVA_VERSION=\"25.0.1\"\nJAVA_RUNTIME_VERSION=\"25.0.1+8\"\n");
    }

    @AfterEach
    void nothingGoesOn() throws Exception {
        for (String dawdling : List.of("mvn", "train", "run")) {
            hurry(dawdling);
        }
        for (ViniProcess one : started) {
            one.end();
        }
        awaitNobodyTrains();
    }

    @Test
    void buildsAtTheFirstUseAndNotAgain() throws Exception {
        ViniProcess.Result first = vini("ls").end();
        assertThat(first.err()).startsWith("building vini (first use)");
        assertThat(first.out()).isEqualTo("ran: ls\n");
        assertThat(first.status()).isZero();

        ViniProcess.Result second = vini("ls").end();
        assertThat(second.err()).isEmpty();
        assertThat(notesOf("mvn")).hasSize(1);
    }

    @Test
    void leavesTheFoldersAloneInWhichMavenLints() throws Exception {
        vini("ls").end();
        assertThat(notesOf("mvn")).first().asString().contains("-Dvini.launcher");
        assertThat(checkout.resolve("forwarder/target")).doesNotExist();
        assertThat(checkout.resolve("experiments/target")).doesNotExist();
    }

    @Test
    void buildsAgainWhenAFileChangedOrWent() throws Exception {
        vini("ls").end();
        Path source = checkout.resolve("forwarder/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now()));
        assertThat(vini("ls").end().err()).startsWith("building vini (sources changed)");

        Files.delete(source);
        assertThat(vini("ls").end().err()).startsWith("building vini (sources changed)");
        assertThat(store.resolve("checkout/forwarder/src/main/java"))
                .isDirectoryNotContaining("glob:**/A.java")
                .isDirectoryContaining("glob:**/B.java");
        assertThat(vini("ls").end().err()).isEmpty();
    }

    @Test
    void ofTwoAtOnceOneBuilds() throws Exception {
        dawdle("mvn");
        ViniProcess one = vini("ls");
        await().until(() -> notesOf("mvn").size() == 1);
        ViniProcess other = vini("doctor");
        await().until(() -> other.err().contains("another vini is building; waiting for it"));
        hurry("mvn");
        assertThat(one.end().out()).isEqualTo("ran: ls\n");
        assertThat(other.end().out()).contains("ran").contains("doctor");
        assertThat(notesOf("mvn")).hasSize(1);
    }

    @Test
    void anInterruptedBuildLeavesNothingThatTheNextOneTakes() throws Exception {
        dawdle("mvn");
        note("half");
        ViniProcess one = vini("ls");
        await().until(() -> notesOf("mvn").size() == 1);
        interrupt(one);
        assertThat(one.end().status()).isEqualTo(130);
        assertThat(store.resolve("current")).doesNotExist();
        assertThat(processesOf("/bin/mvn")).isEmpty();

        hurry("mvn");
        Files.delete(notes.resolve("half"));
        assertThat(vini("ls").end().out()).isEqualTo("ran: ls\n");
        assertThat(store.resolve("checkout/forwarder/target/half")).doesNotExist();
    }

    @Test
    void aBrokenBuildNamesTheFileOfTheCheckout() throws Exception {
        note("break-mvn");
        ViniProcess.Result broken = vini("ls").end();
        assertThat(broken.status()).isEqualTo(4);
        assertThat(broken.out()).isEmpty();
        assertThat(broken.err())
                .contains("failed after")
                .contains(
                        "[ERROR] "
                                + checkout.toRealPath()
                                + "/forwarder/src/main/java/A.java:[1,7] ';' expected")
                .contains("the whole log: ")
                .doesNotContain("sun.misc.Unsafe");

        Files.delete(notes.resolve("break-mvn"));
        assertThat(vini("ls").end().out()).isEqualTo("ran: ls\n");
    }

    @Test
    void aCheckoutThatMayNotBeWrittenIsBuiltElsewhere() throws Exception {
        assumeTrue(isRoot(), "only root can become somebody else");
        Path home = Files.createDirectory(folder.resolve("home"));
        chown("65534:65534", home);
        List<String> nobody =
                List.of(
                        "setpriv",
                        "--reuid",
                        "65534",
                        "--regid",
                        "65534",
                        "--clear-groups",
                        "env",
                        "HOME=" + home,
                        "XDG_CACHE_HOME=");
        assertThat(vini(nobody, "ls").end().out()).isEqualTo("ran: ls\n");
        assertThat(checkout.resolve("target")).doesNotExist();
        Path elsewhere = onlyOneIn(home.resolve(".cache/vini"));
        await().until(() -> Files.exists(elsewhere.resolve("current/aot/25.0.1+8")));
        ViniProcess.Result again = vini(nobody, "ls").end();
        assertThat(again.err()).isEmpty();
        assertThat(again.out()).isEqualTo("ran with its cache: ls\n");
        store = elsewhere;
    }

    @Test
    void rootInSomebodysCheckoutLeavesAllOfItToThem() throws Exception {
        assumeTrue(isRoot(), "only root can become somebody else");
        chown("daemon:daemon", checkout);
        vini("ls").end();
        await().until(() -> Files.exists(cache()));
        awaitNobodyTrains();
        try (Stream<Path> all = Files.walk(checkout)) {
            for (Path one : all.toList()) {
                assertThat(Files.getOwner(one).getName()).as(one.toString()).isEqualTo("daemon");
            }
        }
    }

    @Test
    void makesTheStartUpCacheOnTheSideOnce() throws Exception {
        dawdle("train");
        ViniProcess.Result first = vini("ls").end();
        assertThat(first.err()).contains("makes its start-up cache in the background");
        ViniProcess.Result second = vini("ls").end();
        assertThat(second.out()).isEqualTo("ran: ls\n");
        assertThat(second.err()).isEmpty();
        await().until(() -> notesOf("trained").size() == 1);
        hurry("train");
        await().until(() -> Files.exists(cache()));
        assertThat(vini("ls").end().out()).isEqualTo("ran with its cache: ls\n");
        awaitNobodyTrains();
        assertThat(notesOf("trained")).hasSize(1);
        assertThat(store.resolve("current/aot/new")).doesNotExist();
    }

    @Test
    void makesItAgainWhereTheFirstWasKilled() throws Exception {
        dawdle("train");
        vini("ls").end();
        await().until(() -> notesOf("trained").size() == 1);
        for (long pid : trainers()) {
            // With its children: it leads a session of its own.
            run("kill", "-KILL", "--", "-" + pid);
        }
        awaitNobodyTrains();
        hurry("train");
        assertThat(cache()).doesNotExist();
        vini("ls").end();
        await().until(() -> Files.exists(cache()));
    }

    @Test
    void theCacheWaitsForWhatMeasures() throws Exception {
        dawdle("run");
        ViniProcess live = vini("run", "x.json");
        await().until(() -> live.out().equals("ran: x.json\n"));
        await().until(() -> !trainers().isEmpty());
        ViniProcess other = vini("test", "experiments");
        await().until(() -> other.out().equals("ran: experiments\n"));
        assertThat(notesOf("trained")).isEmpty();
        hurry("run");
        live.end();
        other.end();
        await().until(() -> Files.exists(cache()));
    }

    @Test
    void whatMeasuresWaitsForTheCache() throws Exception {
        dawdle("train");
        vini("ls").end();
        await().until(() -> notesOf("trained").size() == 1);
        ViniProcess live = vini("run", "x.json");
        await().until(() -> live.err().contains("so it waits: half a minute"));
        assertThat(vini("run", "x.json", "--world", "virtual").end().out()).startsWith("ran: ");
        assertThat(vini("run", "--world=virtual", "x.json").end().out()).startsWith("ran: ");
        assertThat(vini("test", "--help").end().out()).startsWith("ran: ");
        assertThat(live.out()).isEmpty();
        hurry("train");
        assertThat(live.end().out()).isEqualTo("ran with its cache: x.json\n");
    }

    @Test
    void aWaitForTheCacheCanBeInterrupted() throws Exception {
        dawdle("train");
        vini("ls").end();
        await().until(() -> notesOf("trained").size() == 1);
        ViniProcess live = vini("up", "x.json");
        await().until(() -> live.err().contains("so it waits"));
        interrupt(live);
        assertThat(live.end().status()).isEqualTo(130);
        hurry("train");
        await().until(() -> Files.exists(cache()));
    }

    @Test
    void aBenchmarkHasItsCacheFirst() throws Exception {
        ViniProcess.Result bench = vini("bench").end();
        assertThat(bench.err()).contains("makes its start-up cache first");
        assertThat(bench.out()).isEqualTo("ran with its cache: bench\n");
        assertThat(notesOf("trained")).hasSize(1);
    }

    @Test
    void interruptedAtItsCacheABenchmarkDoesNotStart() throws Exception {
        dawdle("train");
        ViniProcess bench = vini("bench");
        await().until(() -> notesOf("trained").size() == 1);
        interrupt(bench);
        ViniProcess.Result ended = bench.end();
        assertThat(ended.status()).isEqualTo(130);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void makesNoCacheBesideASliceInTheBackground() throws Exception {
        dawdle("run");
        ViniProcess first = vini("ls");
        await().until(() -> Files.exists(cache()));
        hurry("run");
        first.end();
        Files.setLastModifiedTime(checkout.resolve("pom.xml"), FileTime.from(Instant.now()));
        // What a forwarder of the first build looks like.
        Process forwarder =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                "exec sleep 60 & wait",
                                store.toRealPath() + "/builds/x",
                                "vini.forwarder.io.ForwarderMain")
                        .start();
        try {
            vini("ls").end();
            awaitNobodyTrains();
            assertThat(cache()).doesNotExist();
            assertThat(vini("ls").end().out()).isEqualTo("ran: ls\n");
        } finally {
            forwarder.descendants().forEach(ProcessHandle::destroyForcibly);
            forwarder.destroyForcibly().waitFor();
        }
        awaitNobodyTrains();
        vini("ls").end();
        await().until(() -> Files.exists(cache()));
    }

    private Path cache() {
        return store.resolve("current/aot/25.0.1+8/cli.aot");
    }

    private ViniProcess vini(String... arguments) throws IOException {
        return vini(List.of(), arguments);
    }

    /** In a session of its own, so that Control-C reaches all of it and nothing else. */
    private ViniProcess vini(List<String> as, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(as);
        command.addAll(
                List.of(
                        "env",
                        "NOTES=" + notes,
                        "VINI_JAVA_HOME=" + folder.resolve("jdk"),
                        "PATH=" + folder.resolve("bin") + ":/usr/bin:/bin:/usr/sbin:/sbin",
                        "bash",
                        checkout.resolve("vini").toString()));
        command.addAll(List.of(arguments));
        ViniProcess process = ViniProcess.startCommand(folder, command);
        started.add(process);
        return process;
    }

    private static void interrupt(ViniProcess process) throws Exception {
        run("kill", "-INT", "--", "-" + process.pid());
    }

    private void note(String name) throws IOException {
        Files.createFile(notes.resolve(name));
    }

    private void dawdle(String who) throws IOException {
        note("dawdle-" + who);
    }

    private void hurry(String who) throws IOException {
        Files.deleteIfExists(notes.resolve("dawdle-" + who));
    }

    private List<String> notesOf(String who) throws IOException {
        Path file = notes.resolve(who);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private void awaitNobodyTrains() {
        await().atMost(Duration.ofSeconds(20)).until(() -> trainers().isEmpty());
    }

    /** The processes that make, or wait to make, the cache of this checkout. */
    private List<Long> trainers() {
        return processesOf("/train.sh");
    }

    /** The processes of that program of this test's folder. */
    private List<Long> processesOf(String program) {
        return ProcessHandle.allProcesses()
                .filter(
                        process ->
                                Stream.of(process.info().arguments().orElse(new String[0]))
                                        .anyMatch(
                                                word ->
                                                        word.startsWith(folder.toString())
                                                                && word.endsWith(program)))
                .map(ProcessHandle::pid)
                .toList();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name", "").equals("root");
    }

    private static void chown(String owner, Path what) throws Exception {
        run("chown", "-R", owner, what.toString());
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    private static Path onlyOneIn(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.reduce(
                            (one, another) -> {
                                throw new AssertionError(one + " and " + another);
                            })
                    .orElseThrow();
        }
    }

    private void program(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        write(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(folder -> Files.isDirectory(folder.resolve(".mvn")))
                .findFirst()
                .orElseThrow();
    }
}
