package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import vini.forwarder.control.ControlClient;
import vini.overlay.host.JvmCommand;
import vini.overlay.host.StateRoot;
import vini.overlay.json.Problems;
import vini.overlay.json.TextKind;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Starts a slice in the background. */
@Command(
        name = "up",
        header = "Bring a network up and keep it running in the background.",
        description = "%nReturns when routing has converged. \"vini down\" ends it.",
        footer = {
            "",
            "  vini up topologies/abilene.json",
            "  vini up topologies/abilene.json --as second --hosts builtin",
            "",
            "Exit status: 0 it is up, 2 wrong input or it is up already, 3 the machine cannot."
        })
final class UpCommand implements Callable<Integer> {
    private static final int POLL_MS = 25;
    private static final int PATIENCE_S = 120;

    private final Terminal terminal;
    private final Slices slices;

    @Parameters(paramLabel = "TOPOLOGY", description = "The topology's JSON file.")
    private Path file = Path.of("");

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "What the slice is called; default: the topology's name.")
    private @Nullable String as;

    @Mixin private SliceOptions overrides = new SliceOptions();
    @Mixin private JsonOption json = new JsonOption();

    UpCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Problems problems = new Problems();
        Topology topology = TopologyFile.read(file, problems);
        problems.notes().forEach(note -> terminal.complain("note: " + note));
        String name = as == null ? topology.name() : as;
        if (!TextKind.isName(name)) {
            throw CommandException.wrongInput("--as: " + TextKind.notAName(name));
        }
        StateRoot root = slices.root();
        if (root.slices().stream().anyMatch(s -> s.live() && s.name().equals(name))) {
            throw CommandException.wrongInput(
                    name
                            + " is up already; end it with \"vini down "
                            + name
                            + "\", or start a second one with --as NAME");
        }
        // Outside of the slice's folder, which the keeper makes when it has the lock.
        root.removeStale();
        Path log = root.startingLog(name);
        Process keeper = start(name, log);
        try (var _ = Interruption.ofThisThread()) {
            say(name, await(name, keeper, log));
        } catch (InterruptedException e) {
            keeper.destroy();
            keeper.waitFor(PATIENCE_S, TimeUnit.SECONDS);
            Files.deleteIfExists(log);
            throw e;
        }
        return Exit.GOOD.status();
    }

    private Process start(String name, Path log) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("keep", file.toAbsolutePath().toString(), "--as", name));
        add(arguments, "--hosts", overrides.hosts());
        add(arguments, "--tunnels", overrides.tunnels());
        add(arguments, "--loops", overrides.loops());
        add(arguments, "--seed", overrides.seed());
        if (overrides.configuresHost()) {
            arguments.add("--configure-host");
        }
        return new ProcessBuilder(
                        JvmCommand.of(JvmCommand.Role.CLI, Main.class.getName(), arguments))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static void add(List<String> arguments, String option, @Nullable Object value) {
        if (value != null) {
            arguments.add(option);
            arguments.add(value.toString().toLowerCase(Locale.ROOT));
        }
    }

    /** The keeper's status once the slice has converged. */
    private JsonNode await(String name, Process keeper, Path log)
            throws IOException, InterruptedException {
        Path socket = slices.root().folder(name).resolve("keeper.sock");
        for (long waited = 0; waited < PATIENCE_S * 1000L; waited += POLL_MS) {
            if (!keeper.isAlive()) {
                throw new CommandException(exit(keeper.exitValue()), lastWords(name, log));
            }
            if (Files.exists(socket)) {
                try (ControlClient client = ControlClient.connect(socket)) {
                    JsonNode status = Slices.json(client.read("status"));
                    if (status.path("state").asString().equals("up")) {
                        // The keeper goes on writing to it, and "vini logs" finds it there.
                        Files.move(log, socket.resolveSibling("keeper.log"));
                        return status;
                    }
                } catch (IOException e) {
                    // It listens in a moment, or it is ending, which the next round sees.
                }
            }
            Thread.sleep(POLL_MS);
        }
        throw CommandException.machineCannot(
                name + " has not converged after " + PATIENCE_S + " s; see: vini logs " + name);
    }

    private static Exit exit(int status) {
        for (Exit exit : Exit.values()) {
            if (exit.status() == status && exit != Exit.GOOD) {
                return exit;
            }
        }
        return Exit.OUR_FAULT;
    }

    private static String lastWords(String name, Path log) throws IOException {
        String said = Files.exists(log) ? Files.readString(log).strip() : "";
        Files.deleteIfExists(log);
        return said.isEmpty() ? "the keeper of " + name + " has ended" : said;
    }

    private void say(String name, JsonNode status) {
        if (json.wanted()) {
            terminal.out().println(((ObjectNode) status).put("slice", name).toPrettyString());
            return;
        }
        for (JsonNode note : status.path("notes")) {
            terminal.complain("note: " + note.asString());
        }
        terminal.say(
                String.format(
                        Locale.ROOT,
                        "%s  up · %d nodes, %d links · %s hosts · full in %.1f s        stop with:"
                                + " vini down %s",
                        name,
                        status.path("nodes").asInt(),
                        status.path("links").asInt(),
                        status.path("hosts").asString(),
                        status.path("startup_s").asDouble(),
                        name));
    }
}
