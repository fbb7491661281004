package vini.experiment.run;

import java.nio.file.Path;
import java.util.List;

/**
 * The names of the files in a run folder; {@code docs/run-folder.md} is their reference. All times
 * in them are seconds relative to t = 0, when the probes start; times before are negative.
 */
public record RunFolder(Path path) {
    /** The resolved topology. */
    public static final String TOPOLOGY = "topology.json";

    /** The resolved experiment. */
    public static final String EXPERIMENT = "experiment.json";

    /** Versions, machine, seed and how the run ended. */
    public static final String ENVIRONMENT = "environment.json";

    /** One {@link EventRow} per line. */
    public static final String EVENTS = "events.jsonl";

    /** One {@link RouteRow} per line. */
    public static final String ROUTES = "routes.jsonl";

    /** One {@link NeighborRow} per line; may be absent. */
    public static final String ROUTERS = "routers.jsonl";

    /** One {@link BooksRow} per line; may be absent. */
    public static final String BOOKS = "books.csv";

    /** The books of the packets. */
    public static final String PACKETS = "packets.json";

    /** What came out, for programs. */
    public static final String SUMMARY = "summary.json";

    /** What came out, for people. */
    public static final String REPORT = "report.html";

    /** The folder of the figures as PNG and SVG. */
    public static final String FIGURES = "figures";

    /** What a probe's name is followed by in a figure of it around each event. */
    public static final String MOMENTS = "-moments";

    /** Likewise in that of how a TCP flow begins again. */
    public static final String RESTART = "-restart";

    /** Likewise in that of the queues of links. */
    public static final String QUEUES = "-queues";

    /** All of these. */
    public static final List<String> FIGURES_OF_A_PROBE = List.of(MOMENTS, RESTART, QUEUES);

    /** Files of rows, and figures, that are of no probe. */
    private static final List<String> TAKEN =
            List.of(
                    "books",
                    "convergence",
                    "drops",
                    "events",
                    "map",
                    "network",
                    "routers",
                    "routes");

    /** Whether the run has files of that name, so that no probe may have it. */
    public static boolean isTaken(String name) {
        return TAKEN.contains(name);
    }

    public Path file(String name) {
        return path.resolve(name);
    }

    /** The name of the file of a probe's rows. */
    public static String csv(String probe) {
        return probe + ".csv";
    }

    /** The folder in a run's folder in which a program works. */
    public static Path workingFolder(Path run, String probe) {
        return run.resolve("programs").resolve(probe);
    }

    /** The name of the file of a program's story. */
    public static String jsonl(String probe) {
        return probe + ".jsonl";
    }
}
