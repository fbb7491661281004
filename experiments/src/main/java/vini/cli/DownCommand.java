package vini.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import vini.forwarder.control.ControlClient;
import vini.overlay.host.StateRoot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Ends slices. */
@Command(
        name = "down",
        header = "End a slice, or all of them, and remove what killed ones left.",
        footer = {
            "",
            "  vini down abilene",
            "  vini down --all",
            "",
            "Exit status: 0 gone, 2 no such slice, 3 it does not end."
        })
final class DownCommand implements Callable<Integer> {
    private static final int POLL_MS = 20;
    private static final int POLLS_MAX = 1500;

    private final Terminal terminal;
    private final Slices slices;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "SLICE", description = "Slices that run.")
    private List<String> names = List.of();

    @Option(names = "--all", description = "Every slice of this user.")
    private boolean all;

    DownCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (names.isEmpty() != all) {
            throw new ParameterException(spec.commandLine(), "name a slice, or say --all");
        }
        StateRoot root = slices.root();
        List<String> live = new ArrayList<>();
        List<String> killed = new ArrayList<>();
        for (StateRoot.Slice slice : root.slices()) {
            if (all || names.contains(slice.name())) {
                (slice.live() ? live : killed).add(slice.name());
            }
        }
        for (String name : names) {
            if (!live.contains(name) && !killed.contains(name)) {
                slices.folder(name); // says which there are
            }
        }
        for (String name : live) {
            end(name, root);
        }
        if (!killed.isEmpty()) {
            root.removeStale();
            killed.forEach(name -> terminal.say(name + "  was killed; what it left is removed"));
        }
        if (live.isEmpty() && killed.isEmpty()) {
            terminal.say("no slice is running");
        }
        return Exit.GOOD.status();
    }

    private void end(String name, StateRoot root) throws IOException, InterruptedException {
        try (ControlClient keeper = slices.keeper(name)) {
            keeper.write("down", "");
        }
        for (int i = 0; i < POLLS_MAX; i++) {
            if (root.slices().stream().noneMatch(s -> s.live() && s.name().equals(name))) {
                terminal.say(name + "  down");
                return;
            }
            Thread.sleep(POLL_MS);
        }
        throw CommandException.machineCannot(
                name + " does not end after 30 s; see: vini logs " + name);
    }
}
