package vini.experiment.suite;

import org.jspecify.annotations.Nullable;

import vini.experiment.WorldKind;
import vini.experiment.analysis.ExpectationResult;
import vini.experiment.analysis.Summary;
import vini.experiment.analysis.Verdict;
import vini.experiment.report.Transcript;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What came of one experiment of a suite.
 *
 * @param name its path below the folder, without {@code .json}
 * @param world in which it ran; null if it could not be read
 * @param seconds that it took, of the time on the wall
 * @param folder of the run; null if there was none
 * @param headline the verdict in a line
 */
public record SuiteCase(
        String name,
        Path file,
        @Nullable WorldKind world,
        double seconds,
        @Nullable Path folder,
        String headline,
        List<Check> checks) {
    /** What a figure was that another one is compared with: other in each run. */
    private static final Pattern MEASURED = Pattern.compile(" \\(-?[0-9.]+[^()]*\\)");

    /** The name of the check that every experiment has. */
    static final String VERDICT = "verdict";

    public SuiteCase {
        checks = List.copyOf(checks);
    }

    /** How a check came out. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** It came to no result: the file is broken, or the run crashed. */
        ERROR
    }

    /**
     * One thing that was to hold.
     *
     * @param message what was seen; empty if it holds
     */
    public record Check(String name, Outcome outcome, String message) {}

    /** What came of one that ran. */
    static SuiteCase of(
            String name, Path file, WorldKind world, double seconds, Path folder, Summary summary) {
        List<Check> checks = new ArrayList<>(List.of(verdict(summary)));
        for (ExpectationResult result : summary.expectations()) {
            checks.add(
                    new Check(
                            result.that() + ": " + MEASURED.matcher(result.wanted()).replaceAll(""),
                            result.holds() ? Outcome.PASSED : Outcome.FAILED,
                            result.holds() ? "" : result.sentence()));
        }
        return new SuiteCase(
                name, file, world, seconds, folder, Transcript.UNICODE.verdict(summary), checks);
    }

    /** A run that cannot be trusted proves nothing. */
    private static Check verdict(Summary summary) {
        boolean finished =
                summary.verdict() == Verdict.PASSED || summary.verdict() == Verdict.FAILED;
        if (finished && summary.verdict() == Verdict.PASSED && summary.trustworthy()) {
            return new Check(VERDICT, Outcome.PASSED, "");
        }
        return new Check(
                VERDICT,
                finished ? Outcome.FAILED : Outcome.ERROR,
                Transcript.UNICODE.verdict(summary));
    }

    /** What came of one that could not run. */
    static SuiteCase broken(
            String name, Path file, @Nullable WorldKind world, double seconds, String why) {
        return new SuiteCase(
                name,
                file,
                world,
                seconds,
                null,
                why.lines().findFirst().orElse(""),
                List.of(new Check(VERDICT, Outcome.ERROR, why)));
    }

    public boolean passed() {
        return checks.stream().allMatch(check -> check.outcome() == Outcome.PASSED);
    }

    /** Whether it ran at all. */
    public boolean ran() {
        return folder != null;
    }

    /** How many checks came out so. */
    public int count(Outcome outcome) {
        return (int) checks.stream().filter(check -> check.outcome() == outcome).count();
    }
}
