package vini.experiment.fuzz;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.VirtualWorld;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must hold of a network that has come to rest. */
final class QuietCheck {
    private static final String NO_GATEWAY = "-";

    private final VirtualWorld world;
    private final Topology topology;
    private final AddressPlan plan;

    /** The number of the node that has the address, by the addresses of all ends of links. */
    private final Map<String, Integer> byGateway = new LinkedHashMap<>();

    private List<Map<String, Set<Integer>>> tables = new ArrayList<>();

    QuietCheck(VirtualWorld world) {
        this.world = world;
        this.topology = world.topology();
        this.plan = AddressPlan.of(topology);
        for (Link link : topology.links()) {
            for (End end : End.values()) {
                byGateway.put(
                        plan.linkEnd(link, end).address().toString(), link.node(end).number());
            }
        }
    }

    /**
     * The first thing that is wrong, or null.
     *
     * @param atWork by the number of each node; of others nothing is expected
     */
    @Nullable Fault look(ShortestWays ways, List<Boolean> atWork, long atNanos) throws IOException {
        tables = new ArrayList<>();
        for (Node node : topology.nodes()) {
            tables.add(atWork.get(node.number()) ? table(node) : new TreeMap<>());
        }
        String wrong = routes(tables, ways, atWork);
        if (wrong != null) {
            return new Fault(Fault.Kind.ROUTES, atNanos, wrong);
        }
        wrong = loops(tables);
        if (wrong != null) {
            return new Fault(Fault.Kind.LOOP, atNanos, wrong);
        }
        wrong = databases(ways, atWork);
        return wrong == null ? null : new Fault(Fault.Kind.DATABASES, atNanos, wrong);
    }

    /** By node and prefix the neighbours to which packets go, as they were at the last look. */
    List<Map<String, Set<Integer>>> tables() {
        return tables;
    }

    /** What is otherwise than in those tables, or null. */
    @Nullable String difference(List<Map<String, Set<Integer>>> others) {
        for (Node node : topology.nodes()) {
            Map<String, Set<Integer>> table = tables.get(node.number());
            Map<String, Set<Integer>> other = others.get(node.number());
            Set<String> prefixes = new TreeSet<>(table.keySet());
            prefixes.addAll(other.keySet());
            for (String prefix : prefixes) {
                Set<Integer> now = table.getOrDefault(prefix, new TreeSet<>());
                Set<Integer> then = other.getOrDefault(prefix, new TreeSet<>());
                if (!now.equals(then)) {
                    return node.name()
                            + " sends what goes to "
                            + prefix
                            + " to "
                            + names(now)
                            + ", and did to "
                            + names(then);
                }
            }
        }
        return null;
    }

    /** The neighbours to which a node sends what goes to each prefix, in its forwarder's words. */
    private Map<String, Set<Integer>> table(Node node) throws IOException {
        Map<String, Set<Integer>> table = new TreeMap<>();
        for (String row : world.readForwarder(node.name() + "/fib.table").split("\n", -1)) {
            String[] word = row.split(" ", -1);
            if (word.length == 3 && !word[1].equals(NO_GATEWAY)) {
                Set<Integer> next = new TreeSet<>();
                for (String gateway : word[1].split("\\|", -1)) {
                    next.add(byGateway.getOrDefault(gateway, -1));
                }
                table.put(word[0], next);
            }
        }
        return table;
    }

    private @Nullable String routes(
            List<Map<String, Set<Integer>>> tables, ShortestWays ways, List<Boolean> atWork) {
        for (Node from : topology.nodes()) {
            if (!atWork.get(from.number())) {
                continue;
            }
            for (Node to : topology.nodes()) {
                Set<Integer> expected = new TreeSet<>();
                for (Link link : topology.linksOf(from)) {
                    int neighbour = link.other(from).number();
                    if (ways.leadsBy(from.number(), neighbour, to.number())) {
                        expected.add(neighbour);
                    }
                }
                Set<Integer> actual =
                        tables.get(from.number())
                                .getOrDefault(plan.routerId(to) + "/32", new TreeSet<>());
                if (!actual.equals(expected)) {
                    return from.name()
                            + " sends what goes to "
                            + to.name()
                            + " to "
                            + names(actual)
                            + ", and the shortest way is by "
                            + names(expected);
                }
            }
        }
        return null;
    }

    private String names(Set<Integer> nodes) {
        List<String> names = new ArrayList<>();
        for (int node : nodes) {
            names.add(node < 0 ? "a stranger" : topology.nodes().get(node).name());
        }
        return names.isEmpty() ? "nobody" : String.join(" and ", names);
    }

    private @Nullable String loops(List<Map<String, Set<Integer>>> tables) {
        Set<String> prefixes = new TreeSet<>();
        tables.forEach(table -> prefixes.addAll(table.keySet()));
        for (String prefix : prefixes) {
            int[] state = new int[tables.size()];
            for (int node = 0; node < tables.size(); node++) {
                if (circles(tables, prefix, node, state)) {
                    return prefix
                            + " goes round in a circle by "
                            + topology.nodes().get(node).name();
                }
            }
        }
        return null;
    }

    /** Depth first; a node is 1 while it is being visited, and 2 when no circle was found. */
    private static boolean circles(
            List<Map<String, Set<Integer>>> tables, String prefix, int node, int[] state) {
        if (node < 0 || state[node] == 2) {
            return false;
        }
        if (state[node] == 1) {
            return true;
        }
        state[node] = 1;
        for (int next : tables.get(node).getOrDefault(prefix, new TreeSet<>())) {
            if (circles(tables, prefix, next, state)) {
                return true;
            }
        }
        state[node] = 2;
        return false;
    }

    private @Nullable String databases(ShortestWays ways, List<Boolean> atWork) throws IOException {
        List<Set<String>> databases = new ArrayList<>();
        for (Node node : topology.nodes()) {
            databases.add(atWork.get(node.number()) ? database(node) : new TreeSet<>());
        }
        for (int a = 0; a < databases.size(); a++) {
            for (int b = a + 1; b < databases.size(); b++) {
                if (atWork.get(a)
                        && atWork.get(b)
                        && ways.isReachable(a, b)
                        && !databases.get(a).equals(databases.get(b))) {
                    Set<String> difference = new TreeSet<>(databases.get(a));
                    difference.removeAll(databases.get(b));
                    boolean more = !difference.isEmpty();
                    String who = topology.nodes().get(more ? a : b).name();
                    String other = topology.nodes().get(more ? b : a).name();
                    if (!more) {
                        difference.addAll(databases.get(b));
                        difference.removeAll(databases.get(a));
                    }
                    return who
                            + " knows what "
                            + other
                            + " does not: "
                            + difference.iterator().next();
                }
            }
        }
        return null;
    }

    private Set<String> database(Node node) throws IOException {
        Set<String> lsas = new TreeSet<>();
        for (JsonNode lsa :
                JsonMapper.shared().readTree(world.readRouters(node.name() + ".database"))) {
            lsas.add(
                    lsa.path("lsa").asString()
                            + " "
                            + lsa.path("sequence").asString()
                            + " "
                            + lsa.path("checksum").asString());
        }
        return lsas;
    }
}
