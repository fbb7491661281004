package vini.bench;

import vini.overlay.host.Possibility;
import vini.overlay.host.Tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What another Java process allocates and how long its collections stop it, from the counts of its
 * threads and its log of collections: by {@code jcmd}, so that the process needs no flag for it.
 */
final class HeapWatch implements AutoCloseable {
    /** For {@link Scenario#needs}. */
    static final Need JCMD = new Need("jcmd", HeapWatch::jcmdIsThere);

    private static final Pattern USED = Pattern.compile("total [0-9]+K, used ([0-9]+)K");

    /** All threads of Java but the one that answers {@code jcmd}. */
    private static final Pattern ALLOCATED =
            Pattern.compile("(?m)^\"(?!Attach Listener).* allocated=([0-9]+)([BKMG])");

    private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms");
    private static final String LOG = "gc.log";
    private static final String UNITS = "BKMG";
    private static final int SECONDS = 10;
    private static final int KIB = 1024;

    private final long pid;
    private final Path folder;
    private final Path log;
    private final long before;

    private HeapWatch(long pid, Path folder, long before) {
        this.pid = pid;
        this.folder = folder;
        this.log = folder.resolve(LOG);
        this.before = before;
    }

    private static Possibility jcmdIsThere() {
        boolean there = Files.isExecutable(jcmd());
        return new Possibility(
                there,
                there ? "jcmd is there." : "This Java has no jcmd: it is a runtime, not a JDK.");
    }

    private static Path jcmd() {
        return Path.of(System.getProperty("java.home"), "bin", "jcmd");
    }

    /** Watches from now on. */
    static HeapWatch of(long pid) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("vini-bench");
        try {
            Path log = folder.resolve(LOG);
            String ignored = ask(pid, "VM.log", "output=" + log, "what=gc=info,gc+heap=info");
            return new HeapWatch(pid, folder, allocated(pid));
        } catch (Throwable e) {
            Tree.remove(folder);
            throw e;
        }
    }

    private static String ask(long pid, String... words) throws IOException, InterruptedException {
        String[] command = new String[words.length + 2];
        command[0] = jcmd().toString();
        command[1] = Long.toString(pid);
        System.arraycopy(words, 0, command, 2, words.length);
        return Program.run(null, SECONDS, command);
    }

    /** Bytes of the heap that are in use when all that is garbage has been collected. */
    static long live(long pid) throws IOException, InterruptedException {
        String ignored = ask(pid, "GC.run");
        return used(pid);
    }

    private static long used(long pid) throws IOException, InterruptedException {
        String heap = ask(pid, "GC.heap_info");
        List<Long> used =
                USED.matcher(heap).results().map(m -> Long.parseLong(m.group(1))).toList();
        if (used.isEmpty()) {
            throw new IOException("the heap of process " + pid + " is of another kind: " + heap);
        }
        return KIB * used.stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Bytes that it has allocated since. What its heap has in use would be less exact: a thread
     * takes room there by the megabyte.
     */
    long allocated() throws IOException, InterruptedException {
        return allocated(pid) - before;
    }

    private static long allocated(long pid) throws IOException, InterruptedException {
        List<MatchResult> threads =
                ALLOCATED.matcher(ask(pid, "Thread.print", "-e")).results().toList();
        if (threads.isEmpty()) {
            throw new IOException("process " + pid + " does not say what its threads allocate");
        }
        return threads.stream()
                .mapToLong(m -> Long.parseLong(m.group(1)) << 10 * UNITS.indexOf(m.group(2)))
                .sum();
    }

    /** How long each of its collections has stopped it, in milliseconds. */
    List<Double> pausesMs() throws IOException {
        return PAUSE.matcher(Files.readString(log))
                .results()
                .map(m -> Double.parseDouble(m.group(1)))
                .toList();
    }

    @Override
    public void close() throws IOException {
        Tree.remove(folder);
    }
}
