package vini.experiment.probe;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.experiment.run.NeighborStateRow;
import vini.overlay.topology.Node;
import vini.overlay.world.World;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The neighbours of routers. */
final class NeighborTable implements NodeTable {
    private final World world;

    NeighborTable(World world) {
        this.world = world;
    }

    @Override
    public String header() {
        return NeighborStateRow.HEADER;
    }

    @Override
    public List<String> rows(Node node, double timeS) throws IOException {
        List<String> rows = new ArrayList<>();
        try {
            for (JsonNode each : JsonMapper.shared().readTree(world.neighbors(node))) {
                rows.add(
                        new NeighborStateRow(
                                        timeS,
                                        node.name(),
                                        each.path("neighbor").asString(""),
                                        each.path("address").asString(""),
                                        each.path("router_id").asString(""),
                                        each.path("state").asString(""),
                                        each.path("since_s").asDouble(0),
                                        each.path("dead_in_s").asDouble(0),
                                        each.path("unacknowledged").asInt(0))
                                .line());
            }
        } catch (JacksonException e) {
            throw new IOException("the router of " + node.name() + " talks nonsense", e);
        }
        return rows.isEmpty() ? List.of(NeighborStateRow.none(timeS, node.name()).line()) : rows;
    }

    @Override
    public String away(Node node, double timeS) {
        return NeighborStateRow.away(timeS, node.name()).line();
    }
}
