package vini.overlay.world;

import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.LinkName;
import vini.overlay.topology.Topology;

import java.util.List;

/**
 * A link in both directions, or in one.
 *
 * @param oneway only from the first named node to the second
 */
public record Way(LinkName link, boolean oneway) {
    /** The sending ends of the directions, the first named node's first. */
    public List<End> ends(Topology topology) {
        Link of = topology.require(link);
        End first = of.end(link.from());
        return oneway ? List.of(first) : List.of(first, first.other());
    }

    /** {@code dnvr-kscy}, {@code dnvr>kscy} in one direction. */
    @Override
    public String toString() {
        return oneway ? link.from() + ">" + link.to() : link.toString();
    }
}
