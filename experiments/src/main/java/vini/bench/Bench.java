package vini.bench;

import org.jspecify.annotations.Nullable;

import vini.overlay.host.AwakeProcessors;
import vini.overlay.host.Possibility;

import java.io.IOException;
import java.util.function.Consumer;

/** Runs scenarios, each of which may fail for itself. */
public final class Bench {
    private static final long INTERRUPT_MS = 200;

    private Bench() {}

    /**
     * Runs one.
     *
     * @param click the Click that is measured beside it, if there is one
     * @param progress hears what is being done
     */
    public static Result run(
            Scenario scenario, Effort effort, @Nullable Click click, Consumer<String> progress)
            throws InterruptedException {
        Sheet sheet = new Sheet(effort, click, progress);
        long began = System.nanoTime();
        @Nullable String unable = attempt(scenario, sheet);
        return new Result(scenario, sheet, unable, (System.nanoTime() - began) / 1e9);
    }

    /** Why the machine could not; null if it could. */
    private static @Nullable String attempt(Scenario scenario, Sheet sheet)
            throws InterruptedException {
        for (Need need : scenario.needs()) {
            Possibility possible = need.trial().get();
            if (!possible.possible()) {
                return possible.sentence();
            }
        }
        try (AwakeProcessors _ = AwakeProcessors.keep()) {
            scenario.run(sheet);
            return null;
        } catch (IOException e) {
            // Ctrl-C ends the programs that we started, too, and one may tell us before we hear.
            Thread.sleep(INTERRUPT_MS);
            return String.valueOf(e.getMessage());
        }
    }
}
