package vini.experiment.probe;

import vini.experiment.run.RunFolder;

import java.io.IOException;
import java.util.List;

/**
 * What an experiment asks of a probe. A type of probe has a record whose components are the keys of
 * its JSON, with a {@link ProbeType} inside that makes it known.
 */
public interface ProbeSpec {
    /**
     * The figures of this probe in a summary, as paths with {@code []} for any index and {@code *}
     * for any key, so that an expectation of a figure that can never exist is found before the run.
     */
    List<String> figures();

    /** The name of its file in the run folder. */
    default String file(String probe) {
        return RunFolder.csv(probe);
    }

    /** The lines of its file before anything has happened: the names of the columns. */
    List<String> head();

    /** How many of its type an experiment may have. */
    default int most() {
        return Integer.MAX_VALUE;
    }

    /** Starts the probe in a run. */
    RunningProbe start(ProbeStart start) throws IOException;
}
