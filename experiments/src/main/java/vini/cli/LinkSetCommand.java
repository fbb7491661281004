package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.node.ObjectNode;

import vini.forwarder.elements.overlay.Link;
import vini.overlay.topology.Direction;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Changes what a link does to packets. */
@Command(
        name = "set",
        header = "Change a link's delay, jitter, loss, rate, queue or cost, in both directions.",
        footer = {
            "",
            "  vini link set abilene dnvr kscy --delay 20ms --loss 1%%",
            "  vini link set abilene dnvr kscy --rate 10Mbps --queue 50 --cost 5",
            "",
            "Exit status: 0 good, 2 no such slice or link, or a wrong value."
        })
final class LinkSetCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Slices slices;

    @Mixin private LinkArguments link = new LinkArguments();

    @Option(names = "--delay", paramLabel = "TIME", description = "One way, as in 2.5ms.")
    private @Nullable String delay;

    @Option(names = "--jitter", paramLabel = "TIME", description = "Uniform, as in 0.1ms.")
    private @Nullable String jitter;

    @Option(names = "--loss", paramLabel = "SHARE", description = "Per packet, as in 0.1%%.")
    private @Nullable String loss;

    @Option(names = "--rate", paramLabel = "RATE", description = "As in 100Mbps.")
    private @Nullable String rate;

    @Option(names = "--queue", paramLabel = "PACKETS", description = "Waiting for the rate.")
    private @Nullable Integer queue;

    @Option(names = "--cost", paramLabel = "COST", description = "Of routing, 1-65535.")
    private @Nullable Integer cost;

    LinkSetCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        ObjectNode order = link.order("set");
        ObjectNode set = order.putObject("set");
        StringBuilder said = new StringBuilder();
        put(set, said, "delay", delay);
        put(set, said, "jitter", jitter);
        put(set, said, "loss", loss);
        put(set, said, "rate", rate);
        put(set, said, "queue", queue == null ? null : queue.toString());
        if (cost != null) {
            if (cost < 1 || cost > Direction.COST_MAX) {
                throw CommandException.wrongInput(
                        "--cost: " + cost + " is outside 1-" + Direction.COST_MAX);
            }
            set.put("cost", cost);
            said.append("  cost ").append(cost);
        }
        if (set.isEmpty()) {
            throw CommandException.wrongInput(
                    "nothing to set: give --delay, --jitter, --loss, --rate, --queue or --cost");
        }
        link.send(order, slices);
        terminal.say(link.name() + said);
        return Exit.GOOD.status();
    }

    /** What the link would refuse is refused here, before anything is asked of the slice. */
    private static void put(
            ObjectNode set, StringBuilder said, String key, @Nullable String value) {
        if (value != null) {
            try {
                Link.check(key, value);
            } catch (IllegalArgumentException e) {
                throw CommandException.wrongInput("--" + key + ": " + e.getMessage());
            }
            set.put(key, value);
            said.append("  ").append(key).append(' ').append(value);
        }
    }
}
