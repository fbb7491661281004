package vini.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Walks through the commands and runs a small experiment, while the launcher has the JVMs record
 * what they load for their AOT caches: what is loaded here need not be loaded from jars later.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
    private static final String TOPOLOGY =
            """
            { "name": "train",
              "nodes": { "a": {}, "b": {}, "c": {} },
              "links": [
                {"between": ["a", "b"], "cost": 10, "delay": "2ms", "jitter": "0.1ms"},
                {"between": ["b", "c"], "cost": 10, "rate": "100Mbps", "loss": "0.1%"},
                {"between": ["c", "a"], "cost": 10} ],
              "routing": {"protocol": "ospf", "hello": "1s", "dead": "2s"},
              "hosts": "builtin", "tunnels": "udp" }
            """;

    private static final String EXPERIMENT =
            """
            { "name": "train", "topology": "topology.json", "duration": "5s",
              "probes": [
                {"name": "rtt", "ping": {"from": "a", "to": "b", "every": "50ms"}},
                {"name": "bulk", "tcp": {"from": "a", "to": "b", "window": "16KB"}} ],
              "events": [
                {"at": "1s", "fail": {"link": ["a", "b"], "mode": "silent"}},
                {"at": "4s", "restore": {"link": ["a", "b"]}} ],
              "expect": [ {"that": "probes.rtt.outages[0].duration_s", "between": [0, 5]} ] }
            """;

    private static final String CLICK =
            """
            elementclass Both { input -> CheckIPHeader -> output };
            InfiniteSource(LIMIT 2000, STOP true) -> c :: Counter -> Both -> Queue -> Unqueue
              -> cl :: Classifier(12/0800, -) -> Discard; cl[1] -> Discard;
            Script(wait 0.1s, print $(add 1 2));
            """;

    private final CommandFactory commands;

    @Parameters(paramLabel = "FOLDER", description = "An empty folder to work in.")
    private Path folder = Path.of("");

    TrainCommand(CommandFactory commands) {
        this.commands = commands;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Terminal quiet = new Terminal(nowhere, nowhere, 80, true, true);
        CommandLine line = Main.commandLine(quiet, commands.with(quiet));
        line.execute("--help");
        line.execute("--version");
        line.execute("no-such-command");
        line.execute("completion");
        for (String command : List.copyOf(line.getSubcommands().keySet())) {
            line.execute(command, "--help");
        }
        Files.writeString(folder.resolve("topology.json"), TOPOLOGY);
        Path experiment = Files.writeString(folder.resolve("experiment.json"), EXPERIMENT);
        line.execute("click", "-e", CLICK, "-h", "*.count", "-h", "list");
        line.execute("click", "--simtime", "-e", CLICK, "-h", "*.drops");
        line.execute("click", "-e", "Idle -> Wrong", "--check");
        line.execute("click", "--help", "Queue");
        line.execute("ls");
        line.execute("doctor");
        line.execute("validate", experiment.toString());
        String file = experiment.toString();
        line.execute("run", file, "--out", folder.resolve("run").toString());
        String virtual = folder.resolve("virtual").toString();
        line.execute("run", file, "--world", "virtual", "--out", virtual);
        return Exit.GOOD.status();
    }
}
