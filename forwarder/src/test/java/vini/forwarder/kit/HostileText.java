package vini.forwarder.kit;

import static org.assertj.core.api.Assertions.assertThat;

import vini.forwarder.ConfigException;
import vini.forwarder.Graph;
import vini.forwarder.lang.GraphText;
import vini.forwarder.lang.Parser;

import java.util.Locale;

/** Runs texts that nobody has looked at, in virtual time, for a bounded while. */
public final class HostileText {
    private static final int TIMERS_MAX = 400;

    private HostileText() {}

    /**
     * Starts the graph, runs it and closes it: true if it was one. A text that could write a file
     * of this machine is left alone.
     */
    public static boolean play(String text) {
        try {
            if (!Parser.parse("t.click", text).elements().stream()
                    .allMatch(HostileText::harmless)) {
                return false;
            }
        } catch (ConfigException e) {
            return false;
        }
        try (GraphRun run = new GraphRun(1)) {
            try {
                Graph graph = run.start("n", text);
                run.run(GraphRun.MS, TIMERS_MAX);
                run.run(10_000 * GraphRun.MS, TIMERS_MAX);
                long wrong = graph.ledger().imbalance(run.loop().packets().inUse());
                assertThat(wrong).as("the books are wrong by").isZero();
                return true;
            } catch (ConfigException e) {
                assertThat(e.problems()).isNotEmpty();
                assertThat(e.problems()).allMatch(problem -> problem.startsWith("t.click:"));
                return false;
            }
        }
    }

    /** Whether an element opens no files; of a script, only {@code print >FILE} does. */
    private static boolean harmless(GraphText.Declaration element) {
        String type = element.elementClass();
        String configuration = element.configuration().toUpperCase(Locale.ROOT);
        return switch (type) {
            case "FromDump", "ToDump", "FromIPSummaryDump", "ToIPSummaryDump" -> false;
            case "AggregateCounter" -> false; // Scripts can have it write.
            case "Script", "DriverManager" -> !configuration.contains(">");
            default -> !configuration.contains("OUTFILE");
        };
    }
}
