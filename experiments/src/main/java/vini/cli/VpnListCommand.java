package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Shows the users of a slice. */
@Command(
        name = "list",
        header =
                "Show the users of a slice: where they are, when they were heard, what they moved.",
        description = {
            "%nThe egress is the one that was chosen for the user; without one, routing decides."
        },
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
        VpnSlice.of(slices, slice).rows().forEach(rows::add);
        json.print(rows, terminal);
        return Exit.GOOD.status();
    }
}
