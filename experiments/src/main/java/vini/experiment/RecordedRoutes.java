package vini.experiment;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.experiment.spec.Experiment;
import vini.experiment.spec.ExperimentFile;
import vini.net.IpAddress;
import vini.net.Prefix;
import vini.overlay.topology.Topology;
import vini.overlay.world.World;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which routes a run records: all of them, unless the network is so large that they would fill
 * memory and disk (each node has one to each node and link). Then those by which a probe's packets
 * can go: to the hosts that a probe names.
 *
 * @param hosts whose routes are recorded; empty if all are
 * @param to the addresses of those hosts
 */
record RecordedRoutes(List<String> hosts, List<IpAddress> to) {
    /** Some hundred nodes, each with as many routes as there are nodes and links. */
    private static final long ROUTES_MAX = 500_000;

    static final RecordedRoutes ALL = new RecordedRoutes(List.of(), List.of());

    static RecordedRoutes of(World world, Experiment experiment) {
        Topology topology = world.topology();
        long nodes = topology.nodes().size();
        if (nodes * (nodes + topology.links().size()) <= ROUTES_MAX) {
            return ALL;
        }
        Set<String> words = new TreeSet<>();
        collect(
                JsonMapper.shared().readTree(ExperimentFile.write(experiment)).path("probes"),
                words);
        List<String> hosts = new ArrayList<>();
        for (String word : words) {
            if (topology.node(word) != null || experiment.outside().containsKey(word)) {
                hosts.add(word);
            }
        }
        List<IpAddress> to = new ArrayList<>();
        hosts.forEach(host -> to.add(world.address(host)));
        return new RecordedRoutes(List.copyOf(hosts), List.copyOf(to));
    }

    private static void collect(JsonNode node, Set<String> words) {
        if (node.isString()) {
            words.add(node.asString());
        }
        node.forEach(child -> collect(child, words));
    }

    boolean areAll() {
        return hosts.isEmpty();
    }

    boolean have(Prefix prefix) {
        if (areAll()) {
            return true;
        }
        for (IpAddress address : to) {
            if (prefix.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
