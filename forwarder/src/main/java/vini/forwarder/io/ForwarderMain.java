package vini.forwarder.io;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vini.forwarder.ConfigException;
import vini.forwarder.GraphProcess;
import vini.forwarder.control.ControlServer;
import vini.forwarder.punt.PuntExchange;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The forwarder process of a slice: {@code ForwarderMain FOLDER SEED}. It starts a graph for each
 * {@code graphs/NODE.click} of the folder, serves {@code forwarder.sock} (control) and {@code
 * punt.sock} (the router process) there, prints {@code ready}, and ends when its standard input
 * does, because then its keeper is gone.
 *
 * <p>Exit status: 0 the keeper is gone, 2 a graph is wrong, 3 the machine cannot, 4 our own fault.
 */
public final class ForwarderMain {
    private static final Logger LOG = LoggerFactory.getLogger(ForwarderMain.class);

    private ForwarderMain() {}

    public static void main(String[] arguments) {
        if (arguments.length != 2 || !arguments[1].matches("-?[0-9]{1,19}")) {
            System.err.println("usage: ForwarderMain FOLDER SEED");
            System.exit(2);
        }
        try {
            ProcessCalls.leaveTheTerminal();
            serve(arguments);
        } catch (IOException e) {
            System.err.println(arguments[0] + ": " + e.getMessage());
            System.exit(3);
        } catch (RuntimeException | Error e) {
            LOG.error("the forwarder failed", e);
            Runtime.getRuntime().halt(4);
        }
    }

    private static void serve(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Seed seed = new Seed(Long.parseLong(arguments[1]));
        EventLoop loop = new EventLoop("forwarder");
        loop.onError((thread, e) -> Runtime.getRuntime().halt(4));
        GraphProcess graphs = new GraphProcess(loop, seed);
        List<String> problems = new ArrayList<>();
        loop.run(() -> startAll(graphs, folder.resolve("graphs"), problems));
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            System.exit(2);
        }
        PuntExchange exchange = graphs.shared().get(PuntExchange.class, PuntExchange::new);
        PuntServer.listen(loop, folder.resolve("punt.sock"), exchange);
        ControlServer.listen(loop, folder.resolve("forwarder.sock"), graphs.handlers());
        KeeperStreams.serveUntilTheKeeperEnds();
        System.exit(0);
    }

    private static void startAll(GraphProcess graphs, Path folder, List<String> problems) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".click")) {
                    start(graphs, file, name.substring(0, name.length() - 6), problems);
                }
            }
        } catch (IOException e) {
            problems.add(folder + ": " + e.getMessage());
        }
    }

    private static void start(GraphProcess graphs, Path file, String name, List<String> problems)
            throws IOException {
        try {
            graphs.start(name, file.toString(), Files.readString(file));
        } catch (ConfigException e) {
            problems.addAll(e.problems());
            LOG.error("graph {} is wrong", name);
        }
    }
}
