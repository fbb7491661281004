package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import vini.forwarder.control.ControlClient;
import vini.net.Quantity;
import vini.overlay.json.Suggestion;

import java.io.IOException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** What is done to a node while its slice runs. */
@Command(
        name = "node",
        header = "Crash, freeze or fail a node of a slice that runs, and undo it.",
        footer = {
            "",
            "  down    all its links and doors fail, and the neighbours are told",
            "  up      they work again",
            "  crash   it is gone as a machine without power: nobody is told, nothing is kept",
            "  start   one that has crashed comes again, with no memory",
            "  freeze  it stands still, as a stopped process does",
            "  thaw    it goes on with all that it knew",
            "",
            "  vini node crash abilene kscy --for 20s",
            "  vini node freeze abilene kscy",
            "  vini node thaw abilene kscy",
            "",
            "Exit status: 0 good, 2 no such slice or node, or a wrong value."
        })
final class NodeCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;

    /** What can be done. */
    enum What {
        DOWN("down", false),
        UP("up", true),
        CRASH("crashed", false),
        START("started", true),
        FREEZE("frozen", false),
        THAW("goes on", true);

        private final String done;
        private final boolean repairs;

        What(String done, boolean repairs) {
            this.done = done;
            this.repairs = repairs;
        }
    }

    private final Terminal terminal;
    private final Slices slices;

    @Parameters(
            index = "0",
            paramLabel = "WHAT",
            description = "down, up, crash, start, freeze or thaw.")
    private What what = What.DOWN;

    @Parameters(index = "1", paramLabel = "SLICE", description = "A slice that runs.")
    private String slice = "";

    @Parameters(index = "2", paramLabel = "NODE", description = "One of its nodes.")
    private String node = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Undo it after that time, as in 30s.")
    private @Nullable String time;

    NodeCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        String order = node + " " + what.name().toLowerCase(Locale.ROOT);
        String until = "";
        if (time != null) {
            if (what.repairs) {
                throw CommandException.wrongInput("--for: this is not undone; leave it out");
            }
            long nanos = Values.checked("--for", time, Quantity::nanos);
            order += String.format(Locale.ROOT, " %.3f", nanos / NANOS);
            until =
                    " until "
                            + LocalTime.now(ZoneId.systemDefault())
                                    .plusNanos(nanos)
                                    .format(DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT));
        }
        try (ControlClient keeper = slices.keeper(slice)) {
            check(Slices.json(keeper.read("topology")));
            keeper.write("node", order);
        }
        terminal.say(node + "  " + what.done + until);
        return Exit.GOOD.status();
    }

    private void check(JsonNode topology) {
        List<String> nodes = List.copyOf(topology.path("nodes").propertyNames());
        if (!nodes.contains(node)) {
            throw CommandException.wrongInput(
                    slice + " has no node \"" + node + "\"" + Suggestion.didYouMean(node, nodes));
        }
    }
}
