package vini.cli;

import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.forwarder.control.ControlClient;
import vini.overlay.json.Suggestion;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Which link, and how its keeper is told. */
final class LinkArguments {
    @Parameters(index = "0", paramLabel = "SLICE", description = "A slice that runs.")
    private String slice = "";

    @Parameters(index = "1", paramLabel = "A", description = "One end of the link.")
    private String a = "";

    @Parameters(index = "2", paramLabel = "B", description = "The other end.")
    private String b = "";

    /** {@code {"link": [A, B], "do": WHAT}}, to be completed. */
    ObjectNode order(String what) {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.putArray("link").add(a).add(b);
        return order.put("do", what);
    }

    /** {@code A-B}, as people call it. */
    String name() {
        return a + "-" + b;
    }

    String from() {
        return a;
    }

    /** Gives the order to the keeper, if there is such a link. */
    void send(ObjectNode order, Slices slices) throws IOException {
        try (ControlClient keeper = slices.keeper(slice)) {
            check(Slices.json(keeper.read("topology")));
            keeper.write("link", order.toString());
        }
    }

    private void check(JsonNode topology) {
        List<String> nodes = List.copyOf(topology.path("nodes").propertyNames());
        for (String end : List.of(a, b)) {
            if (!nodes.contains(end)) {
                throw CommandException.wrongInput(
                        slice + " has no node \"" + end + "\"" + Suggestion.didYouMean(end, nodes));
            }
        }
        List<String> ofA = new ArrayList<>();
        for (JsonNode link : topology.path("links")) {
            String one = link.path("between").path(0).asString();
            String other = link.path("between").path(1).asString();
            if (one.equals(a) || other.equals(a)) {
                ofA.add(one.equals(a) ? other : one);
            }
        }
        if (!ofA.contains(b)) {
            throw CommandException.wrongInput(
                    "no link between "
                            + a
                            + " and "
                            + b
                            + "; "
                            + a
                            + " has links to "
                            + String.join(", ", ofA));
        }
    }
}
