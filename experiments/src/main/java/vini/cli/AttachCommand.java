package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import vini.forwarder.control.ControlClient;
import vini.overlay.host.AttachedDevice;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Gives the machine a device in a slice. */
@Command(
        name = "attach",
        header = "Give this machine itself an interface into a slice that runs.",
        description = {
            "%nThe device has an address of the slice's users, and what the machine sends to the"
                    + " slice and its users leaves by it. It is gone with the slice, or by vini"
                    + " detach. The slice must have been started by root."
        },
        footer = {
            "",
            "  vini attach abilene wash --device lab0",
            "  ping 10.77.0.11",
            "  vini detach abilene lab0",
            "",
            "Exit status: 0 good, 2 no such slice or node, or the name is taken, 3 the machine does"
                    + " not allow it."
        })
final class AttachCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Slices slices;

    @Parameters(index = "0", paramLabel = "SLICE", description = "A slice that runs.")
    private String slice = "";

    @Parameters(index = "1", paramLabel = "NODE", description = "Where the machine enters.")
    private String node = "";

    @Option(
            names = "--device",
            paramLabel = "NAME",
            required = true,
            description = "What the new device is called; at most 15 characters.")
    private String device = "";

    AttachCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        slices.check(new NodeName(slice, node));
        try {
            AttachedDevice.check(device);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongInput(String.valueOf(e.getMessage()));
        }
        try (ControlClient keeper = slices.keeper(slice)) {
            keeper.write("attach", node + " " + device);
            for (JsonNode row : Slices.json(keeper.read("status")).path("attached")) {
                if (row.path("device").asString().equals(device)) {
                    say(row);
                }
            }
        }
        return Exit.GOOD.status();
    }

    private void say(JsonNode row) {
        List<String> blocks = new ArrayList<>();
        row.path("reaches").forEach(block -> blocks.add(block.asString()));
        terminal.say(
                device
                        + "  "
                        + row.path("address").asString()
                        + " at "
                        + node
                        + ", the way to "
                        + String.join(" and ", blocks));
    }
}
