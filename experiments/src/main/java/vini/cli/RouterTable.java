package vini.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.IOException;

/** A list that the router of a node is asked for, and how it is printed. */
final class RouterTable {
    @Mixin private JsonOption json = new JsonOption();

    @Parameters(
            paramLabel = "SLICE/NODE",
            converter = NodeName.Converter.class,
            description = "A node of a slice that runs.")
    private NodeName node = new NodeName("", "");

    /** Asks for the list of that name and prints it. */
    void print(String list, Slices slices, Terminal terminal) throws IOException {
        slices.check(node);
        json.print(slices.readJson(node.slice(), "router", node.node() + "." + list), terminal);
    }
}
