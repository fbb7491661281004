package vini.experiment;

import vini.experiment.analysis.Summary;

import java.io.IOException;

/** Carries experiments out. */
public interface ExperimentRunner {
    /**
     * Runs one experiment from the reading of its file to the report in its folder.
     *
     * <p>An interrupt of the calling thread ends the run early: what was measured is kept, and the
     * verdict says so. It returns as soon as nothing of the slice is left.
     *
     * @return what came out; its run's folder is complete
     * @throws vini.overlay.json.InputException the files have mistakes; nothing was started
     * @throws vini.overlay.host.MachineException the machine cannot; nothing is left
     * @throws InterruptedException when there was nothing to keep yet
     */
    Summary run(RunRequest request, RunListener listener) throws IOException, InterruptedException;
}
