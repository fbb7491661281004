package vini.bench;

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
     * @param progress hears what is being done
     */
    public static Result run(Scenario scenario, Effort effort, Consumer<String> progress)
            throws InterruptedException {
        Sheet sheet = new Sheet(effort, progress);
        for (Need need : scenario.needs()) {
            Possibility possible = need.trial().get();
            if (!possible.possible()) {
                return new Result(scenario, sheet, possible.sentence());
            }
        }
        try {
            scenario.run(sheet);
            return new Result(scenario, sheet, null);
        } catch (IOException e) {
            // Ctrl-C ends the programs that we started, too, and one may tell us before we hear.
            Thread.sleep(INTERRUPT_MS);
            return new Result(scenario, sheet, String.valueOf(e.getMessage()));
        }
    }
}
