package vini.forwarder.io;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Chatter;
import vini.forwarder.ConfigException;
import vini.forwarder.Driver;
import vini.forwarder.Graph;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.Shared;
import vini.forwarder.Signals;
import vini.forwarder.Trace;
import vini.forwarder.control.ControlServer;
import vini.forwarder.control.HandlerSpace;
import vini.forwarder.lang.GraphText;
import vini.forwarder.lang.Parser;
import vini.time.Seed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One graph run by itself, as Click's user-level driver does: started from a text, driven until it
 * says that it is over or the caller is interrupted, read by its handlers, closed. On a live loop,
 * or in virtual time, where it also ends when nothing more can happen.
 */
public final class ClickRun implements AutoCloseable {
    /**
     * What is to be run.
     *
     * @param file the text's name for messages
     * @param variables the values of variables that the text defines
     * @param virtual whether time is virtual
     * @param reconfigurable whether there is a {@code hotconfig} handler
     * @param threads how many loops there are when time is not virtual, 1 or more
     * @param trace how many packets to follow
     */
    public record Plan(
            String file,
            String text,
            Map<String, String> variables,
            Seed seed,
            boolean virtual,
            boolean reconfigurable,
            int threads,
            int trace) {}

    /** What the user reads: printed text as it is, and lines of chatter. */
    public record Output(Consumer<String> printed, Consumer<String> lines) {}

    private final Plan plan;
    private final Shared shared = new Shared();
    private final Driver driver = shared.get(Driver.class, Driver::new);
    private final List<AutoCloseable> servers = new ArrayList<>();
    private final Engine engine;

    @SuppressWarnings("NullAway.Init") // set by the constructor, on the loop's thread
    private Graph graph;

    /**
     * Starts the graph.
     *
     * @throws ConfigException with all mistakes; nothing is left running then
     */
    public ClickRun(Plan plan, Output output) throws ConfigException {
        this.plan = plan;
        Chatter chatter = shared.get(Chatter.class, Chatter::new);
        chatter.to(output.lines());
        chatter.printTo(output.printed());
        if (plan.trace() > 0) {
            shared.get(Trace.class, Trace::new).begin(plan.trace(), output.lines());
        }
        GraphText parsed = Parser.parse(plan.file(), plan.text(), plan.variables());
        engine = plan.virtual() ? new VirtualEngine() : new LiveEngine(plan.threads());
        driver.home(engine.loops().first());
        if (!plan.virtual()) {
            shared.get(Signals.class, Signals::new).from(new ProcessSignals());
        }
        boolean started = false;
        try {
            // Kept on the loop's thread: a script may replace it before this thread goes on.
            Graph ignored = engine.call(() -> graph = start(plan.text(), parsed, null));
            started = true;
        } finally {
            if (!started) {
                engine.close();
            }
        }
    }

    private Graph start(String text, GraphText parsed, @Nullable Graph old) throws ConfigException {
        Graph next = Graph.start("click", text, parsed, engine.loops(), shared, plan.seed(), old);
        if (plan.reconfigurable()) {
            next.handlers().write("hotconfig", this::reconfigure);
        }
        return next;
    }

    private void reconfigure(String text) throws HandlerException {
        var manager = driver.takeManager();
        try {
            GraphText parsed = Parser.parse("hotconfig", text, plan.variables());
            graph = start(text, parsed, graph);
        } catch (ConfigException e) {
            driver.manager(manager);
            throw new HandlerException(String.join("\n", e.problems()));
        }
    }

    private final class Current implements HandlerSpace {
        @Override
        public String read(String path, String argument) throws HandlerException {
            return graph.handlerSpace().read(path, argument);
        }

        @Override
        public void write(String path, String value) throws HandlerException {
            graph.handlerSpace().write(path, value);
        }

        @Override
        public void checkRead(String path) throws HandlerException {
            graph.handlerSpace().checkRead(path);
        }

        @Override
        public void checkWrite(String path) throws HandlerException {
            graph.handlerSpace().checkWrite(path);
        }
    }

    /** Serves the handlers on a Unix socket, to this user and root only. */
    public void listen(Path socket) throws IOException {
        servers.add(ControlServer.listen(engine.sockets(), socket, new Current()));
    }

    /** Serves the handlers on a TCP port of the loopback. */
    public void listen(InetSocketAddress address) throws IOException {
        servers.add(ControlServer.listen(engine.sockets(), address, new Current()));
    }

    /** Drives the graph until it is over; an interrupt ends that. */
    public void drive() {
        engine.drive(driver);
    }

    /** The elements' names, in the order of the text. */
    public List<String> elements() {
        return graph.elementNames();
    }

    /** The class of an element, by Click's name. */
    public String classOf(String element) {
        return graph.classOf(element);
    }

    /** Whether that element has a read handler of that name. */
    public boolean hasHandler(String element, String handler) {
        try {
            graph.handlersOf(element).checkRead(handler, element);
            return true;
        } catch (HandlerException e) {
            return false;
        }
    }

    /** Reads {@code HANDLER} or {@code ELEMENT.HANDLER}. */
    public String read(String path, String argument) throws HandlerException {
        return engine.call(() -> graph.handlerSpace().read(path, argument));
    }

    /** Writes {@code HANDLER} or {@code ELEMENT.HANDLER}. */
    public void write(String path, String value) throws HandlerException {
        boolean _ =
                engine.call(
                        () -> {
                            graph.handlerSpace().write(path, value);
                            return true;
                        });
    }

    /** The global handlers. */
    public Handlers handlers() {
        return graph.handlers();
    }

    /** By how many packets the books are wrong; 0 when all is well. */
    public long imbalance() {
        return engine.call(() -> graph.imbalance());
    }

    /** Closes the graph and returns how many packets were not given back: 0, or it leaks. */
    public long end() {
        return engine.call(
                () -> {
                    graph.close();
                    return engine.loops().packetsInUse();
                });
    }

    @Override
    public void close() {
        for (AutoCloseable server : servers) {
            try {
                server.close();
            } catch (Exception e) {
                shared.get(Chatter.class, Chatter::new).line(String.valueOf(e.getMessage()));
            }
        }
        engine.close();
    }
}
