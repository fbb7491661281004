package vini.experiment.event;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.Turn;
import vini.overlay.topology.LinkName;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.Cause;
import vini.overlay.world.FailureMode;
import vini.overlay.world.World;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The acts of events that make links and nodes fail. */
final class Failures {
    static final String FAIL = "fail";
    static final String RESTORE = "restore";

    private static final int NAMED_MAX = 4;

    private Failures() {}

    /** The links fail. */
    static Act fail(List<LinkName> links, FailureMode mode, Cause cause, String words) {
        return Act.of(
                Deed.links(FAIL, Turn.WORSE, links, mode.toString(), words),
                world -> {
                    for (LinkName link : links) {
                        world.fail(link, mode, cause);
                    }
                });
    }

    /** What the cause did to the links is over; the record tells of those that work again. */
    static Act restore(List<LinkName> links, Cause cause) {
        return new Act(
                restored(links),
                world -> {
                    List<LinkName> working = new ArrayList<>();
                    for (LinkName link : links) {
                        if (world.restore(link, cause)) {
                            working.add(link);
                        }
                    }
                    return working.isEmpty() ? null : restored(working);
                });
    }

    private static Deed restored(List<LinkName> links) {
        return Deed.links(RESTORE, Turn.BETTER, links, null, RESTORE + " " + names(links));
    }

    /** The node fails. */
    static Act fail(String node, FailureMode mode, Cause cause, String words) {
        return Act.of(
                Deed.node(FAIL, Turn.WORSE, node, mode.toString(), words),
                world -> world.fail(node(world, node), mode, cause));
    }

    /** What the cause did to the node is over. */
    static Act restore(String node, Cause cause) {
        Deed deed = Deed.node(RESTORE, Turn.BETTER, node, null, RESTORE + " " + node);
        return new Act(deed, world -> restored(world, node, cause) ? deed : null);
    }

    private static boolean restored(World world, String node, Cause cause) throws IOException {
        return world.restore(node(world, node), cause);
    }

    /** The link, or all of the fiber, whichever is named. */
    static List<LinkName> links(
            Topology topology, @Nullable LinkName link, @Nullable String fiber) {
        if (link != null) {
            return List.of(link);
        }
        return topology.fibers().getOrDefault(String.valueOf(fiber), List.of());
    }

    /** What is named of the three: {@code dnvr-kscy}, {@code wash}, {@code fiber trench}. */
    static String subject(@Nullable LinkName link, @Nullable String node, @Nullable String fiber) {
        return link != null ? link.toString() : node != null ? node : "fiber " + fiber;
    }

    /** {@code dnvr-kscy, kscy-ipls}; of many links how many there are. */
    static String names(List<LinkName> links) {
        return links.size() > NAMED_MAX
                ? links.size() + " links"
                : links.stream().map(LinkName::toString).collect(Collectors.joining(", "));
    }

    /** {@code silent} in brackets; nothing of the usual mode. */
    static String manner(FailureMode mode) {
        return mode == FailureMode.DOWN ? "" : " (" + mode + ")";
    }

    /** The node of that name, which was checked when the experiment was read. */
    static Node node(World world, @Nullable String name) {
        Node node = name == null ? null : world.topology().node(name);
        if (node == null) {
            throw new IllegalStateException("no node " + name + " in a checked experiment");
        }
        return node;
    }
}
