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
import java.util.Optional;
import java.util.OptionalLong;
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
    private static final int PATIENCE_MS = 10_000;
    private static final int HANGING_PATIENCE_MS = 5000;

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
        if (!killed.isEmpty() || all) {
            root.removeStale();
            killed.forEach(name -> terminal.say(name + "  was killed; what it left is removed"));
        }
        if (live.isEmpty() && killed.isEmpty()) {
            terminal.say("no slice is running");
        }
        return Exit.GOOD.status();
    }

    private void end(String name, StateRoot root) throws IOException, InterruptedException {
        OptionalLong pid = root.keeper(name);
        int patience = PATIENCE_MS;
        try (ControlClient keeper = slices.keeper(name)) {
            keeper.write("down", "");
        } catch (IOException | CommandException e) {
            // It is just starting or ending, or it hangs: a signal reaches the first two.
            keeper(pid).ifPresent(ProcessHandle::destroy);
            patience = HANGING_PATIENCE_MS;
        }
        if (ended(name, root, patience)) {
            terminal.say(name + "  down");
            return;
        }
        keeper(pid).ifPresent(ProcessHandle::destroyForcibly);
        if (!ended(name, root, patience)) {
            throw CommandException.machineCannot(
                    name + " does not end, even by a kill; see: vini logs " + name);
        }
        root.removeStale();
        terminal.say(name + "  did not answer and was killed; what it left is removed");
    }

    private static Optional<ProcessHandle> keeper(OptionalLong pid) {
        return pid.isPresent() ? ProcessHandle.of(pid.getAsLong()) : Optional.empty();
    }

    private static boolean ended(String name, StateRoot root, int patienceMs)
            throws IOException, InterruptedException {
        for (int i = 0; i < patienceMs / POLL_MS; i++) {
            if (root.slices().stream().noneMatch(s -> s.live() && s.name().equals(name))) {
                return true;
            }
            Thread.sleep(POLL_MS);
        }
        return false;
    }
}
