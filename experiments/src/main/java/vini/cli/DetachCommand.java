package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import vini.forwarder.control.ControlClient;
import vini.overlay.json.Suggestion;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Takes a device of the machine out of a slice. */
@Command(
        name = "detach",
        header = "Remove an interface that vini attach has made.",
        footer = {
            "",
            "  vini detach abilene lab0",
            "",
            "Exit status: 0 good, 2 no such slice or device."
        })
final class DetachCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Slices slices;

    @Parameters(index = "0", paramLabel = "SLICE", description = "A slice that runs.")
    private String slice = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The device.")
    private String device = "";

    DetachCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        try (ControlClient keeper = slices.keeper(slice)) {
            List<String> known = new ArrayList<>();
            Slices.json(keeper.read("status"))
                    .path("attached")
                    .forEach(row -> known.add(row.path("device").asString()));
            if (!known.contains(device)) {
                throw CommandException.wrongInput(
                        "no device \""
                                + device
                                + "\" is attached to "
                                + slice
                                + Suggestion.didYouMean(device, known));
            }
            keeper.write("detach", device);
        }
        terminal.say(device + "  gone");
        return Exit.GOOD.status();
    }
}
