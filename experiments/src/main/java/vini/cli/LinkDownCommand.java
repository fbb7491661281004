package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import tools.jackson.databind.node.ObjectNode;

import vini.net.Quantity;

import java.io.IOException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Fails a link. */
@Command(
        name = "down",
        header = "Fail a link.",
        footer = {
            "",
            "  vini link down abilene dnvr kscy",
            "  vini link down abilene dnvr kscy --for 30s --mode silent",
            "",
            "Exit status: 0 good, 2 no such slice or link, or a wrong value."
        })
final class LinkDownCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;

    /** As the experiments' {@code "mode"}. */
    enum Mode {
        DOWN("both ends are told"),
        SILENT("both directions, silent"),
        ONEWAY("silent");

        private final String meaning;

        Mode(String meaning) {
            this.meaning = meaning;
        }
    }

    private final Terminal terminal;
    private final Slices slices;

    @Mixin private LinkArguments link = new LinkArguments();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description =
                    "down: both ends are told; silent: packets are dropped and nobody is told;"
                            + " oneway: silent from A to B only. Default: down.")
    private Mode mode = Mode.DOWN;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Restore it after that time, as in 30s.")
    private @Nullable String time;

    LinkDownCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        ObjectNode order = link.order("down");
        order.put("mode", mode.name().toLowerCase(Locale.ROOT));
        String until = "";
        if (time != null) {
            long nanos = Values.checked("--for", time, Quantity::nanos);
            order.put("for_s", nanos / NANOS);
            until =
                    " until "
                            + LocalTime.now(ZoneId.systemDefault())
                                    .plusNanos(nanos)
                                    .format(DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT));
        }
        link.send(order, slices);
        terminal.say(
                link.name()
                        + "  down"
                        + until
                        + " ("
                        + (mode == Mode.ONEWAY ? "from " + link.from() + ", " : "")
                        + mode.meaning
                        + ")");
        return Exit.GOOD.status();
    }
}
