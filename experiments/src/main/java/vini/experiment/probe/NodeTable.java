package vini.experiment.probe;

import vini.overlay.topology.Node;

import java.io.IOException;
import java.util.List;

/** A table that each node has, as the rows of a file. */
interface NodeTable {
    /** The names of the columns. */
    String header();

    /**
     * The rows of a node now.
     *
     * @throws IOException the node has none, or nobody answers
     */
    List<String> rows(Node node, double timeS) throws IOException;

    /** The row in the place of those of a node that could not be asked. */
    String away(Node node, double timeS);
}
