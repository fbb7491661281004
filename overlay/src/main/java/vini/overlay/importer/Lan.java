package vini.overlay.importer;

import java.util.ArrayList;
import java.util.List;

/**
 * A network that several nodes share. Vini's links have two ends, so a small one becomes a link
 * between each two, which keeps costs and hops as they were; a large one becomes a node with a link
 * to each.
 */
final class Lan {
    private static final int MESH_MAX = 8;

    private Lan() {}

    /**
     * A member.
     *
     * @param out what leaves by it
     */
    record Member(DraftNode node, DraftSide out) {}

    /** Makes the links of a network of two members or more. */
    static List<DraftLink> join(
            Draft draft, String name, List<Member> members, Source source, int line) {
        List<DraftLink> links = new ArrayList<>();
        if (members.size() <= MESH_MAX) {
            if (members.size() > 2) {
                draft.notes()
                        .add("shared networks, made links between each two of their nodes", name);
            }
            for (int i = 0; i < members.size(); i++) {
                for (int j = i + 1; j < members.size(); j++) {
                    links.add(link(draft, members.get(i), members.get(j), source, line));
                }
            }
            return links;
        }
        draft.notes()
                .add(
                        "large shared networks, made nodes: each path across has a hop and 1 more",
                        name);
        DraftNode hub = draft.node("lan " + name, source, line);
        hub.label = name;
        for (Member member : members) {
            DraftLink link = draft.link(member.node(), hub, source, line);
            link.forward.take(member.out());
            link.backward.take(member.out());
            // The way in carries no more than was carried on the way out.
            link.backward.cost = 1;
            link.backward.loss = 0;
            link.backward.delayNanos = 0;
            links.add(link);
        }
        return links;
    }

    private static DraftLink link(Draft draft, Member a, Member b, Source source, int line) {
        DraftLink link = draft.link(a.node(), b.node(), source, line);
        link.forward.take(a.out());
        link.backward.take(b.out());
        return link;
    }
}
