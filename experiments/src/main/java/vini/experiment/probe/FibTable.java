package vini.experiment.probe;

import vini.experiment.run.FibRow;
import vini.overlay.graph.NodeGraph;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.Node;
import vini.overlay.world.World;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The FIBs, with the names of neighbours in the place of gateways, and without what they say of all
 * that there is no route to.
 */
final class FibTable implements NodeTable {
    /** In the place of a gateway where there is none. */
    private static final String NONE = "-";

    private static final String UNREACHABLE = Integer.toString(NodeGraph.UNREACHABLE);

    private final World world;
    private final SortedMap<String, String> names;

    FibTable(World world) {
        this.world = world;
        this.names = AddressPlan.of(world.topology()).nodesByAddress();
    }

    @Override
    public String header() {
        return FibRow.HEADER;
    }

    @Override
    public List<String> rows(Node node, double timeS) throws IOException {
        List<String> rows = new ArrayList<>();
        for (String line : world.fib(node).lines().toList()) {
            String[] words = line.split(" ", -1);
            if (words[2].equals(UNREACHABLE)) {
                continue;
            }
            List<String> next = new ArrayList<>();
            if (!words[1].equals(NONE)) {
                for (String gateway : words[1].split("\\|", -1)) {
                    next.add(names.getOrDefault(gateway, gateway));
                }
            }
            rows.add(new FibRow(timeS, node.name(), words[0], next).line());
        }
        return rows;
    }

    @Override
    public String away(Node node, double timeS) {
        return FibRow.away(timeS, node.name()).line();
    }
}
