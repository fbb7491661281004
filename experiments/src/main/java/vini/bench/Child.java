package vini.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import vini.overlay.host.JvmCommand;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@link InMemory} in a process of its own, with the flags of a forwarder. */
final class Child {
    private static final long PATIENCE_S = 120;

    private Child() {}

    /**
     * Measures once.
     *
     * @param words what, see {@link InMemory#main}
     * @return its figures by name
     * @throws IOException it failed
     */
    static Map<String, Double> measure(String... words) throws IOException, InterruptedException {
        return figures(
                JvmCommand.of(JvmCommand.Role.FORWARDER, InMemory.class.getName(), List.of(words)),
                PATIENCE_S);
    }

    /**
     * Runs a process that prints {@code NAME VALUE}.
     *
     * @param patienceS for how long at most
     * @return its figures by name
     * @throws IOException it failed
     */
    static Map<String, Double> figures(List<String> command, long patienceS)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            // Some lines, fewer bytes than a pipe holds: they are read when it has ended.
            if (!process.waitFor(patienceS, TimeUnit.SECONDS)) {
                throw new IOException(command.getLast() + " has not ended");
            }
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.exitValue() != 0) {
                throw new IOException(command.getLast() + ": " + said.strip());
            }
            return figures(said);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Map<String, Double> figures(String said) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String line : said.split("\n", -1)) {
            String[] parts = line.strip().split(" ", -1);
            if (parts.length == 2 && parts[1].matches("[-0-9.E]+")) {
                figures.put(parts[0], Double.valueOf(parts[1]));
            }
        }
        return figures;
    }

    /** A figure that must be there. */
    static double of(Map<String, Double> figures, String name) throws IOException {
        Double value = figures.get(name);
        if (value == null) {
            throw new IOException("no figure '" + name + "' among " + figures.keySet());
        }
        return value;
    }
}
