package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Shows the users of a slice. */
@Command(
        name = "list",
        header =
                "Show the users of a slice: where they are, when they were heard, what they moved.",
        footer = {
            "",
            "  vini vpn list abilene",
            "  vini vpn list abilene --json",
            "",
            "Exit status: 0 good, 2 no such slice."
        })
final class VpnListCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Slices slices;

    @Parameters(paramLabel = "SLICE", description = "A slice that runs.")
    private String slice = "";

    @Mixin private JsonOption json = new JsonOption();

    VpnListCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (JsonNode ingress : VpnSlice.of(slices, slice).state().path("ingresses")) {
            for (JsonNode user : ingress.path("users")) {
                ObjectNode row = rows.addObject();
                row.put("user", user.path("name").asString());
                row.put("ingress", ingress.path("node").asString());
                row.put("enters_at", ingress.path("active").asString());
                row.put("address", user.path("address").asString());
                row.put("endpoint", user.path("endpoint").asString("-"));
                row.set("handshake_s", user.path("handshake_s"));
                row.put("received_bytes", user.path("received_bytes").asLong(0));
                row.put("sent_bytes", user.path("sent_bytes").asLong(0));
            }
        }
        json.print(rows, terminal);
        return Exit.GOOD.status();
    }
}
