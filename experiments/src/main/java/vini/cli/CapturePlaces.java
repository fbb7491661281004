package vini.cli;

import org.jspecify.annotations.Nullable;

import vini.overlay.graph.CapturePlan;
import vini.overlay.json.Suggestion;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;

import java.util.ArrayList;
import java.util.List;

/** Reads which links and nodes of a slice are meant: {@code dnvr-kscy}, {@code dnvr}. */
final class CapturePlaces {
    private final Topology topology;
    private final CapturePlan plan;

    private CapturePlaces(Topology topology) {
        this.topology = topology;
        this.plan = new CapturePlan(topology);
    }

    /** The plan for what is named; for all links if nothing is. */
    static CapturePlan plan(Topology topology, List<String> names) {
        CapturePlaces places = new CapturePlaces(topology);
        if (names.isEmpty()) {
            topology.links().forEach(places.plan::add);
        }
        names.forEach(places::add);
        return places.plan;
    }

    private void add(String name) {
        Node node = topology.node(name);
        Link link = link(name);
        if (node != null) {
            plan.add(node);
        } else if (link != null) {
            plan.add(link);
        } else {
            List<String> known = new ArrayList<>();
            topology.links().forEach(each -> known.add(each.name()));
            topology.nodes().forEach(each -> known.add(each.name()));
            String meant = Suggestion.didYouMean(name, known);
            throw CommandException.wrongInput(
                    topology.name()
                            + " has no node or link \""
                            + name
                            + "\""
                            + (meant.isEmpty() ? "; a link is A-B" : meant));
        }
    }

    /** Names of nodes may have a hyphen, too. */
    private @Nullable Link link(String name) {
        for (Link link : topology.links()) {
            String a = link.a().name();
            String b = link.b().name();
            if (name.equals(a + "-" + b) || name.equals(b + "-" + a)) {
                return link;
            }
        }
        return null;
    }
}
