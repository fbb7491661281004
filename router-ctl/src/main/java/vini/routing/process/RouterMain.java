package vini.routing.process;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vini.forwarder.control.ControlServer;
import vini.forwarder.io.EventLoop;
import vini.forwarder.io.KeeperStreams;
import vini.forwarder.io.PauseWatch;
import vini.forwarder.io.ProcessCalls;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * The router process of a slice: {@code RouterMain FOLDER SEED}. It reads {@code router.conf} of
 * the folder, connects to the forwarder's sockets there, serves {@code router.sock}, prints {@code
 * ready}, and ends when its standard input does, after its routers have taken leave. The nodes that
 * the folder's file {@code down} names, a line each, get no router before somebody asks for it.
 *
 * <p>Exit status: 0 the keeper is gone, 3 the machine cannot, 4 our own fault.
 */
public final class RouterMain {
    private static final Logger LOG = LoggerFactory.getLogger(RouterMain.class);

    private RouterMain() {}

    public static void main(String[] arguments) {
        if (arguments.length != 2 || !arguments[1].matches("-?[0-9]{1,19}")) {
            System.err.println("usage: RouterMain FOLDER SEED");
            System.exit(2);
        }
        try {
            ProcessCalls.leaveTheTerminal();
            serve(arguments);
        } catch (IOException e) {
            System.err.println(arguments[0] + ": " + e.getMessage());
            Runtime.getRuntime().halt(3);
        } catch (RuntimeException | Error e) {
            LOG.error("the router failed", e);
            Runtime.getRuntime().halt(4);
        }
    }

    private static void serve(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Seed seed = new Seed(Long.parseLong(arguments[1]));
        SliceConfig config = SliceConfig.parse(Files.readString(folder.resolve("router.conf")));
        EventLoop loop = new EventLoop("router", EventLoop.Duty.PROTOCOLS);
        loop.onError((thread, e) -> Runtime.getRuntime().halt(4));
        ForwarderLink forwarder = new ForwarderLink(loop, folder, config);
        SliceRouters routers = new SliceRouters(config, loop.clock(), seed, forwarder);
        Set<String> down = down(folder);
        loop.run(
                () -> {
                    routers.down(down);
                    routers.start();
                    forwarder.start();
                    new OldRoutes(loop, routers, forwarder::dropOldRoutes).watch();
                });
        ControlServer.listen(
                loop, folder.resolve("router.sock"), PauseWatch.over(routers.handlers()));
        KeeperStreams.serveUntilTheKeeperEnds();
        loop.run(routers::stop);
        System.exit(0);
    }

    /** The nodes that have no router for now. */
    private static Set<String> down(Path folder) throws IOException {
        Path file = folder.resolve("down");
        Set<String> names = new TreeSet<>();
        if (Files.exists(file)) {
            names.addAll(Files.readAllLines(file));
        }
        return names;
    }
}
