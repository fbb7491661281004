package vini.forwarder;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** All reasons for which a packet may end in a graph: those of its elements and its own. */
public final class DropReasons {
    /** The node has crashed, and what it held is lost. */
    static final String NODE_CRASHED = "nodeCrashed";

    /** It came to a node that stands still. */
    static final String NODE_FROZEN = "nodeFrozen";

    /** The element that held it is not in the graph that takes its graph's place. */
    static final String REPLACED = "replaced";

    /** On its way to a queue on another thread there was no room. */
    static final String QUEUE_FULL = "queueFull";

    private DropReasons() {}

    /** In camel case, in alphabetical order; looks into all element classes on the class path. */
    public static SortedSet<String> all() {
        SortedSet<String> all =
                new TreeSet<>(List.of(NODE_CRASHED, NODE_FROZEN, REPLACED, QUEUE_FULL));
        for (String name : ElementClasses.names()) {
            all.addAll(
                    List.of(ElementClasses.about(ElementClasses.type(name).orElseThrow()).drops()));
        }
        return Collections.unmodifiableSortedSet(all);
    }
}
