package vini.forwarder.io;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vini.forwarder.ConfigException;
import vini.forwarder.GraphProcess;
import vini.forwarder.Loops;
import vini.forwarder.control.ControlServer;
import vini.forwarder.punt.PuntExchange;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The forwarder process of a slice: {@code ForwarderMain FOLDER SEED}. It starts a graph for each
 * {@code graphs/NODE.click} of the folder, serves {@code forwarder.sock} (control) and {@code
 * punt.sock} (the router process) there, prints {@code ready}, and ends when its standard input
 * does, because then its keeper is gone. All graphs share one loop, unless the folder's file {@code
 * loops} says otherwise: a line {@code NODE LOOP} for a node, loops counted from 0. The nodes that
 * the folder's file {@code down} names, a line each, are not started before somebody asks for it.
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
        LoopsFile placed = LoopsFile.read(folder.resolve("loops"));
        List<EventLoop> loops = EventLoop.start("forwarder", placed.loops());
        loops.forEach(each -> each.onError((thread, e) -> Runtime.getRuntime().halt(4)));
        EventLoop loop = loops.getFirst();
        Loops all = new Loops(loops);
        GraphProcess graphs = new GraphProcess(all, seed);
        List<String> problems = new ArrayList<>();
        Set<String> down = down(folder);
        // Nothing moves before all graphs are there, else what is sent to the last ones is lost.
        loop.run(() -> all.standStill(() -> startAll(graphs, folder, placed, down, problems)));
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            System.exit(2);
        }
        // What starting has left: else the first packets wait for that.
        System.gc();
        PuntExchange exchange = graphs.shared().get(PuntExchange.class, PuntExchange::new);
        PuntServer.listen(loop, folder.resolve("punt.sock"), exchange);
        ControlServer.listen(
                loop, folder.resolve("forwarder.sock"), PauseWatch.over(graphs.handlers()));
        KeeperStreams.serveUntilTheKeeperEnds();
        System.exit(0);
    }

    private static Set<String> down(Path folder) throws IOException {
        Path file = folder.resolve("down");
        return Files.exists(file) ? new TreeSet<>(Files.readAllLines(file)) : new TreeSet<>();
    }

    private static boolean startAll(
            GraphProcess graphs,
            Path folder,
            LoopsFile placed,
            Set<String> down,
            List<String> problems) {
        try (Stream<Path> files = Files.list(folder.resolve("graphs"))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".click")) {
                    String node = name.substring(0, name.length() - 6);
                    if (down.contains(node)) {
                        graphs.startLater(
                                node, file.toString(), Files.readString(file), placed.of(node));
                    } else {
                        start(graphs, file, node, placed.of(node), problems);
                    }
                }
            }
        } catch (IOException e) {
            problems.add(folder + ": " + e.getMessage());
        }
        return problems.isEmpty();
    }

    private static void start(
            GraphProcess graphs, Path file, String name, int loop, List<String> problems)
            throws IOException {
        try {
            graphs.start(name, file.toString(), Files.readString(file), loop);
        } catch (ConfigException e) {
            problems.addAll(e.problems());
            LOG.error("graph {} is wrong", name);
        }
    }
}
