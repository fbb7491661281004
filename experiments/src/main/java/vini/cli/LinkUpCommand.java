package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Restores a link. */
@Command(
        name = "up",
        header = "Restore a link that failed.",
        footer = {
            "",
            "  vini link up abilene dnvr kscy",
            "",
            "Exit status: 0 good, 2 no such slice or link."
        })
final class LinkUpCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Slices slices;

    @Mixin private LinkArguments link = new LinkArguments();

    LinkUpCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        link.send(link.order("up"), slices);
        terminal.say(link.name() + "  up");
        return Exit.GOOD.status();
    }
}
