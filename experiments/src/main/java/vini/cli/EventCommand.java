package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import vini.experiment.spec.EventText;
import vini.experiment.spec.TimedEvent;
import vini.forwarder.control.ControlClient;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Does to a slice what an experiment could do. */
@Command(
        name = "event",
        header = "Do to a slice that runs what an event of an experiment does.",
        description = {
            "",
            "EVENT is JSON as in an experiment's \"events\"; \"at\" counts from now, and may be"
                    + " left out. What lasts and has no \"for\" or \"until\" lasts until --end."
        },
        footer = {
            "",
            "  vini event abilene '{\"for\": \"30s\", \"partition\": {\"sets\": [[\"sttl\"]]}}'",
            "  vini event abilene '{\"for\": \"1m\", \"flap\": {\"link\": [\"dnvr\", \"kscy\"],"
                    + " \"down\": \"2s\", \"up\": \"5s\"}}'",
            "  vini event abilene --end",
            "",
            "Exit status: 0 good, 2 no such slice, or a mistake in the event."
        })
final class EventCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Slices slices;

    @Parameters(index = "0", paramLabel = "SLICE", description = "A slice that runs.")
    private String slice = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "EVENT",
            description = "What is to happen, as JSON.")
    private @Nullable String event;

    @Option(names = "--end", description = "End all events of this command, and undo them.")
    private boolean ends;

    EventCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        String wish = event;
        if (ends == (wish != null)) {
            throw CommandException.wrongInput("say what is to happen, or --end");
        }
        try (ControlClient keeper = slices.keeper(slice)) {
            if (wish == null) {
                keeper.write("events_end", "");
                terminal.say(slice + "  all events have ended");
            } else {
                TimedEvent timed = EventText.read(wish, keeper.read("topology"), Path.of(""));
                keeper.write("event", EventText.write(timed));
                terminal.say(slice + "  " + timed.event().words());
            }
        }
        return Exit.GOOD.status();
    }
}
