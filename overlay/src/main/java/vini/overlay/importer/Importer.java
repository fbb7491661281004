package vini.overlay.importer;

import java.util.List;

/** Reads one format. What a file holds is hostile: every reader bounds its depth and its work. */
interface Importer {
    /** Whether the files look as if they were of that format. Looks at their beginning only. */
    boolean recognises(List<Source> files);

    /**
     * Reads the files into the draft; mistakes go to the files' problems.
     *
     * @throws vini.overlay.json.InputException after a mistake that leaves nothing to go on with
     */
    void read(List<Source> files, Draft draft);
}
