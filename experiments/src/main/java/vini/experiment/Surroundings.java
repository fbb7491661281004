package vini.experiment;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.RunFolder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What a run must be told of the world around it: the user's folders, the machine, wall time. */
public interface Surroundings {
    /** The environment variables. */
    Map<String, String> environment();

    /**
     * Makes the folder for a run.
     *
     * @param out where the user wants it; null for a new one below {@code runs}
     * @throws IOException with a sentence for the user: it cannot be made, or holds something else
     */
    RunFolder runFolder(@Nullable Path out, String experiment) throws IOException;

    /** Which Vini this is. */
    String version();

    /** What {@code environment.json} says of versions, machine, wall time and command. */
    ObjectNode machine();

    /** Takes a folder for a run back if nothing was put into it. */
    void discardEmpty(RunFolder folder) throws IOException;
}
