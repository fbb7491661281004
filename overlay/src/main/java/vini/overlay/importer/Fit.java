package vini.overlay.importer;

import vini.overlay.topology.Node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fits a draft to what a topology can hold: names, one link between two nodes, both directions,
 * delays, whole costs, addresses that do not clash. Each thing that this changes is noted.
 */
final class Fit {
    /** As in the form of topology files. */
    static final int NODES_MAX = 10_000;

    static final int LINKS_MAX = 50_000;

    private static final long DELAY_MAX_NANOS = 60_000_000_000L;
    private static final long RATE_MAX = 1_000_000_000_000L;
    private static final int MTU_MIN = 576;
    private static final int MTU_MAX = 65_507;

    private final Draft draft;
    private final Source source;
    private final Map<String, DraftLink> byPair = new LinkedHashMap<>();

    private Fit(Draft draft, Source source) {
        this.draft = draft;
        this.source = source;
    }

    /**
     * Names the nodes, mends the links in place, and returns those that stay.
     *
     * @throws vini.overlay.json.InputException the network is too large, or has no node
     */
    static List<DraftLink> links(Draft draft, Source source) {
        Fit fit = new Fit(draft, source);
        fit.nameNodes();
        draft.links().forEach(fit::take);
        List<DraftLink> links = new ArrayList<>(fit.byPair.values());
        fit.checkSize(links);
        links.forEach(fit::mend);
        CostScale.apply(links, draft.notes());
        Pins.check(draft, links);
        return links;
    }

    private void nameNodes() {
        Names names = new Names();
        for (DraftNode node : draft.nodes()) {
            node.name = names.unique(node.label, node.key, 'n');
        }
    }

    private void take(DraftLink link) {
        if (link.a == link.b) {
            draft.notes().add("links of a node to itself, left out", link.a.label);
            return;
        }
        boolean sorted = link.a.name.compareTo(link.b.name) < 0;
        String pair = (sorted ? link.a : link.b).name + " " + (sorted ? link.b : link.a).name;
        DraftLink first = byPair.putIfAbsent(pair, link);
        if (first == null) {
            return;
        }
        if (first.oneWay && link.oneWay && first.a == link.b) {
            first.backward.take(link.forward);
            first.oneWay = false;
            return;
        }
        draft.notes()
                .add(
                        "parallel links, left out since two nodes have one link, the cheapest",
                        link.shown());
        if (cost(link) < cost(first)) {
            byPair.put(pair, link);
        }
    }

    private static double cost(DraftLink link) {
        return link.forward.cost + (link.oneWay ? link.forward.cost : link.backward.cost);
    }

    private void checkSize(List<DraftLink> links) {
        if (draft.nodes().isEmpty()) {
            throw source.fatal(1, "there is no node in it; see \"vini import --help\" for formats");
        }
        if (draft.nodes().size() > NODES_MAX || links.size() > LINKS_MAX) {
            throw source.fatal(
                    1,
                    draft.nodes().size()
                            + " nodes, "
                            + links.size()
                            + " links: "
                            + Draft.tooLarge());
        }
        Map<String, Integer> degrees = new LinkedHashMap<>();
        for (DraftLink link : links) {
            for (DraftNode node : List.of(link.a, link.b)) {
                if (degrees.merge(node.name, 1, Integer::sum) == Node.LINKS_MAX + 1) {
                    throw source.fatal(
                            1,
                            Draft.quoted(node.label)
                                    + " has more than "
                                    + Node.LINKS_MAX
                                    + " links: "
                                    + Draft.tooLarge());
                }
            }
        }
    }

    private void mend(DraftLink link) {
        if (link.oneWay) {
            link.both();
            draft.notes().add("links in one direction only, made the same in both", link.shown());
        }
        if (link.mtu != 0 && (link.mtu < MTU_MIN || link.mtu > MTU_MAX)) {
            draft.notes().add("an MTU outside of 576-65507, left out", link.shown());
            link.mtu = 0;
        }
        mend(link, link.forward);
        mend(link, link.backward);
    }

    private void mend(DraftLink link, DraftSide side) {
        boolean oneOfBoth = side == link.forward;
        if (side.delayNanos == DraftSide.UNKNOWN) {
            side.delayNanos = delay(link, oneOfBoth);
        }
        if (side.delayNanos > DELAY_MAX_NANOS) {
            draft.notes().add("delays over 60 s, cut to that", link.shown());
            side.delayNanos = DELAY_MAX_NANOS;
        }
        if (side.rateBitsPerSecond > RATE_MAX) {
            draft.notes().add("rates over 1000 Gbps, made unlimited", link.shown());
            side.rateBitsPerSecond = 0;
        }
    }

    private long delay(DraftLink link, boolean say) {
        if (link.km >= 0) {
            return Fibre.delayNanos(link.km);
        }
        if (link.a.location != null && link.b.location != null) {
            return Fibre.delayNanos(Fibre.km(link.a.location, link.b.location));
        }
        if (say) {
            draft.notes().add("links whose delay is not known, 0 here", link.shown());
        }
        return 0;
    }
}
