package vini.overlay.importer;

import tools.jackson.databind.node.JsonNodeFactory;

import vini.net.Quantity;
import vini.overlay.topology.Location;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A fitted draft as a topology file that a person would write: one line per node and per link. */
final class TopologyText {
    /** Beyond these the default block of addresses has no room, and this one has for all. */
    private static final int LINKS_IN_DEFAULT = 8_000;

    private static final String LARGE_PREFIX = "10.0.0.0/13";

    private static final int HELLO_SECONDS = 5;
    private static final int DEAD_SECONDS = 10;

    private final StringBuilder text = new StringBuilder();

    private TopologyText() {}

    /**
     * The text.
     *
     * @param schema where the JSON Schema lies, seen from the file; empty: not said
     */
    static String of(String name, Draft draft, List<DraftLink> links, String schema) {
        TopologyText topology = new TopologyText();
        topology.text.append("{\n");
        if (!schema.isEmpty()) {
            topology.text.append("  \"$schema\": ").append(quoted(schema)).append(",\n");
        }
        topology.text.append("  \"name\": ").append(quoted(name)).append(",\n");
        if (links.size() > LINKS_IN_DEFAULT) {
            topology.text.append("  \"prefix\": ").append(quoted(LARGE_PREFIX)).append(",\n");
        }
        topology.nodes(draft.nodes());
        topology.links(links);
        topology.end(draft);
        return topology.text.toString();
    }

    private void nodes(Collection<DraftNode> nodes) {
        List<String> lines = new ArrayList<>();
        for (DraftNode node : nodes) {
            List<String> members = new ArrayList<>();
            if (!node.label.equals(node.name)) {
                members.add("\"label\": " + quoted(node.label));
            }
            Location location = node.location;
            if (location != null) {
                members.add(
                        "\"location\": ["
                                + plain(location.latitude())
                                + ", "
                                + plain(location.longitude())
                                + "]");
            }
            if (node.address != null) {
                members.add("\"address\": " + quoted(node.address.toString()));
            }
            lines.add("    " + quoted(node.name) + ": " + object(members));
        }
        text.append("  \"nodes\": {\n").append(String.join(",\n", lines)).append("\n  },\n");
    }

    private void links(List<DraftLink> links) {
        if (links.isEmpty()) {
            text.append("  \"links\": [],\n");
            return;
        }
        List<String> lines = new ArrayList<>();
        for (DraftLink link : links) {
            lines.add("    " + object(members(link)));
        }
        text.append("  \"links\": [\n").append(String.join(",\n", lines)).append("\n  ],\n");
    }

    private static List<String> members(DraftLink link) {
        DraftSide there = link.forward;
        DraftSide back = link.backward;
        List<String> members = new ArrayList<>();
        members.add("\"between\": [" + quoted(link.a.name) + ", " + quoted(link.b.name) + "]");
        if (there.cost > 0 || back.cost > 0) {
            int forward = cost(there);
            int backward = cost(back);
            members.add(
                    "\"cost\": "
                            + (forward == backward
                                    ? "" + forward
                                    : "[" + forward + ", " + backward + "]"));
        }
        if (there.same(back)) {
            members.addAll(properties(there));
        } else {
            members.add("\"forward\": " + object(properties(there)));
            members.add("\"backward\": " + object(properties(back)));
        }
        if (link.mtu != 0) {
            members.add("\"mtu\": " + link.mtu);
        }
        if (link.addressA != null && link.addressB != null) {
            members.add(
                    "\"addresses\": ["
                            + quoted(link.addressA.toString())
                            + ", "
                            + quoted(link.addressB.toString())
                            + "]");
        }
        return members;
    }

    private static int cost(DraftSide side) {
        return side.cost > 0 ? (int) side.cost : 10; // as in the form of topology files
    }

    private static List<String> properties(DraftSide side) {
        List<String> members = new ArrayList<>();
        if (side.delayNanos > 0) {
            members.add("\"delay\": " + quoted(Quantity.ofNanos(side.delayNanos)));
        }
        if (side.loss > 0) {
            members.add("\"loss\": " + quoted(Quantity.ofFraction(side.loss)));
        }
        if (side.rateBitsPerSecond > 0) {
            members.add("\"rate\": " + quoted(Quantity.ofBitsPerSecond(side.rateBitsPerSecond)));
        }
        if (side.queuePackets > 0) {
            members.add("\"queue\": " + side.queuePackets);
        }
        return members;
    }

    private void end(Draft draft) {
        int hello = draft.helloSeconds > 0 ? draft.helloSeconds : HELLO_SECONDS;
        int dead = draft.helloSeconds > 0 ? draft.deadSeconds : DEAD_SECONDS;
        text.append("  \"routing\": {\"protocol\": \"ospf\", \"hello\": \"")
                .append(hello)
                .append("s\", \"dead\": \"")
                .append(dead)
                .append("s\"},\n  \"hosts\": \"auto\",\n  \"tunnels\": \"auto\"\n}\n");
    }

    private static String object(List<String> members) {
        return "{" + String.join(", ", members) + "}";
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    static String quoted(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }
}
