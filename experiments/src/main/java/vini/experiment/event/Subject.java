package vini.experiment.event;

import org.jspecify.annotations.Nullable;

import vini.overlay.topology.Node;
import vini.overlay.world.World;

/** What an event is about. */
final class Subject {
    private Subject() {}

    /** The node of that name, which was checked when the experiment was read. */
    static Node node(World world, @Nullable String name) {
        Node node = name == null ? null : world.topology().node(name);
        if (node == null) {
            throw new IllegalStateException("no node " + name + " in a checked experiment");
        }
        return node;
    }
}
