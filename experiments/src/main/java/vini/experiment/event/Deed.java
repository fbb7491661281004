package vini.experiment.event;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.Turn;
import vini.overlay.topology.LinkName;

import java.util.List;

/**
 * What was done to the network, for the record.
 *
 * @param kind in a word: {@code fail}, {@code restore}
 * @param turn for better or worse
 * @param links that it was done to; empty if it was something else
 * @param node that it was done to; null if it was something else
 * @param mode how, where there are several ways: {@code silent}; null where there is one
 * @param words for people: {@code fail dnvr-kscy (silent)}
 */
public record Deed(
        String kind,
        Turn turn,
        List<LinkName> links,
        @Nullable String node,
        @Nullable String mode,
        String words) {
    public Deed {
        links = List.copyOf(links);
    }

    /** Something that is done to links. */
    public static Deed links(
            String kind, Turn turn, List<LinkName> links, @Nullable String mode, String words) {
        return new Deed(kind, turn, links, null, mode, words);
    }

    /** Something that is done to a node. */
    public static Deed node(
            String kind, Turn turn, String node, @Nullable String mode, String words) {
        return new Deed(kind, turn, List.of(), node, mode, words);
    }

    /** Something that is done to a process of all nodes, which is the mode. */
    public static Deed process(String kind, Turn turn, String process) {
        return new Deed(kind, turn, List.of(), null, process, kind + " the " + process);
    }

    /** Something that is done to neither. */
    public static Deed other(String kind, Turn turn, String words) {
        return new Deed(kind, turn, List.of(), null, null, words);
    }
}
