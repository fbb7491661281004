package vini.routing.process;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import vini.net.Prefix;
import vini.routing.NextHop;
import vini.routing.Rib;
import vini.routing.ospf.Announcement;
import vini.routing.ospf.NeighborStatus;
import vini.routing.ospf.OspfEvent;
import vini.routing.ospf.OspfInterface;
import vini.routing.ospf.OspfRouter;
import vini.routing.ospf.wire.LsaHeader;
import vini.time.Clock;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A router's tables as JSON, with the names of neighbours in the place of link numbers. */
final class RouterView {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Clock clock;
    private final OspfRouter ospf;
    private final Rib rib;
    private final Map<Integer, String> linkNames = new TreeMap<>();

    RouterView(Clock clock, SliceConfig.NodeConfig config, OspfRouter ospf, Rib rib) {
        this.clock = clock;
        this.ospf = ospf;
        this.rib = rib;
        for (OspfInterface link : config.ospf().interfaces()) {
            linkNames.put(link.link(), link.name());
        }
    }

    private String linkName(int link) {
        return linkNames.getOrDefault(link, "?");
    }

    private double secondsSince(long nanos) {
        return Math.max(0, clock.nowNanos() - nanos) / 1e9;
    }

    /** Who is at the other end of each link, and how far the acquaintance has come. */
    String neighbors() {
        ArrayNode rows = JSON.createArrayNode();
        for (NeighborStatus neighbor : ospf.neighbors()) {
            rows.addObject()
                    .put("neighbor", linkName(neighbor.link()))
                    .put("router_id", neighbor.routerId().toString())
                    .put("address", neighbor.address().toString())
                    .put("state", neighbor.state().toString())
                    .put("since_s", secondsSince(neighbor.sinceNanos()))
                    .put("dead_in_s", neighbor.deadInNanos() / 1e9)
                    .put("unacknowledged", neighbor.unacknowledged());
        }
        return rows.toString();
    }

    /** The routes in use. */
    String routes() {
        ArrayNode rows = JSON.createArrayNode();
        for (Rib.Used used : rib.routes()) {
            ObjectNode row = rows.addObject();
            row.put("destination", used.route().prefix().toString());
            row.put("cost", used.route().cost());
            ArrayNode next = row.putArray("next");
            for (NextHop hop : used.route().nextHops()) {
                next.addObject()
                        .put("node", linkName(hop.link()))
                        .put("gateway", hop.gateway().toString());
            }
            row.put("by", used.route().by());
            row.put("age_s", secondsSince(used.sinceNanos()));
        }
        return rows.toString();
    }

    /** The headers of the link-state database. */
    String database() {
        ArrayNode rows = JSON.createArrayNode();
        for (LsaHeader header : ospf.database()) {
            rows.addObject()
                    .put("lsa", header.key().toString())
                    .put("sequence", Integer.toHexString(header.sequence()))
                    .put("checksum", Integer.toHexString(header.checksum()))
                    .put("age_s", header.age());
        }
        return rows.toString();
    }

    /** The destinations outside that it announces. */
    String announced() {
        ArrayNode rows = JSON.createArrayNode();
        for (Announcement one : ospf.announced()) {
            rows.addObject()
                    .put("destination", one.prefix().toString())
                    .put("metric", one.metric())
                    .put("type", one.type2() ? 2 : 1);
        }
        return rows.toString();
    }

    /** The last events, a line each: the age in seconds, then what happened. */
    String events() {
        StringBuilder text = new StringBuilder();
        for (OspfEvent event : ospf.events()) {
            text.append(secondsSince(event.nanos())).append(" s ago  ").append(event).append('\n');
        }
        return text.toString();
    }

    /** {@code NEIGHBOUR COST}: changes the cost of the link to a neighbour. */
    void cost(String value) {
        String[] word = value.strip().split("\\s+", -1);
        if (word.length != 2 || !word[1].matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException(
                    "'" + value.strip() + "' is not a neighbour and a cost");
        }
        for (Map.Entry<Integer, String> link : linkNames.entrySet()) {
            if (link.getValue().equals(word[0])) {
                ospf.setCost(link.getKey(), Integer.parseInt(word[1]));
                return;
            }
        }
        throw new IllegalArgumentException("no link to '" + word[0] + "'");
    }

    /** {@code PREFIX [METRIC] [type 1|2]}, a line each: announces all, or none if one is wrong. */
    void announce(String value) {
        value.lines()
                .filter(line -> !line.isBlank())
                .map(Announcement::parse)
                .toList()
                .forEach(ospf::announce);
    }

    /** {@code PREFIX}, a line each: all are withdrawn, or none if one is not announced. */
    void withdraw(String value) {
        Set<Prefix> known = new TreeSet<>();
        ospf.announced().forEach(one -> known.add(one.prefix()));
        List<Prefix> prefixes =
                value.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .map(Prefix::parse)
                        .distinct()
                        .toList();
        for (Prefix prefix : prefixes) {
            if (!known.contains(prefix)) {
                throw new IllegalArgumentException(prefix + " is not announced");
            }
        }
        prefixes.forEach(ospf::withdraw);
    }

    static String status(
            int routers, long full, long routes, long unsent, long unread, boolean converged) {
        return JSON.createObjectNode()
                .put("routers", routers)
                .put("full", full)
                .put("routes", routes)
                .put("unsent", unsent)
                .put("unread", unread)
                .put("converged", converged)
                .toString();
    }
}
