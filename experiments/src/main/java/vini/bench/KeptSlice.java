package vini.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import vini.overlay.host.JvmCommand;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A slice whose keeper is a process of its own, as {@code vini up} leaves it: what the benchmark
 * itself does, and what Java compiles of it, is not the slice's.
 */
final class KeptSlice implements AutoCloseable {
    private static final int PATIENCE_S = 20;
    private static final String KEEPER = "keeper";

    private final Process process;
    private final Map<String, Long> pids = new TreeMap<>();

    private KeptSlice(Process process) {
        this.process = process;
    }

    /** The keeper: {@code KeptSlice TOPOLOGY-AS-JSON}. It ends when its standard input does. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (Slice slice = Slice.start(arguments[0])) {
            for (String each : List.of("forwarder", "router", KEEPER)) {
                System.out.println(each + " " + slice.pid(each));
            }
            while (System.in.read() >= 0) {
                // Nobody says anything; the end is what counts.
            }
        }
        System.exit(0);
    }

    /** Starts it, and waits until all routers know it. */
    static KeptSlice start(String json) throws IOException {
        List<String> command =
                JvmCommand.of(JvmCommand.Role.CLI, KeptSlice.class.getName(), List.of(json));
        KeptSlice slice =
                new KeptSlice(new ProcessBuilder(command).redirectErrorStream(true).start());
        try {
            slice.readPids();
            return slice;
        } catch (Throwable e) {
            slice.process.destroyForcibly();
            throw e;
        }
    }

    private void readPids() throws IOException {
        StringBuilder said = new StringBuilder();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        while (!pids.containsKey(KEEPER)) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the slice does not start: " + said);
            }
            said.append(line).append(' ');
            String[] word = line.split(" ", 2);
            if (word.length == 2 && word[1].matches("[0-9]+")) {
                pids.put(word[0], Long.valueOf(word[1]));
            }
        }
    }

    /** The number of its process {@code forwarder}, {@code router} or {@code keeper}. */
    long pid(String name) {
        return pids.getOrDefault(name, -1L);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
