package vini.forwarder.io;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Chatter;
import vini.forwarder.ConfigException;
import vini.forwarder.Driver;
import vini.forwarder.Graph;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.Loop;
import vini.forwarder.Shared;
import vini.forwarder.Signals;
import vini.forwarder.Trace;
import vini.forwarder.VirtualLoop;
import vini.forwarder.control.ControlServer;
import vini.forwarder.control.HandlerSpace;
import vini.forwarder.lang.GraphText;
import vini.forwarder.lang.Parser;
import vini.time.Seed;
import vini.time.TimerQueue;
import vini.time.VirtualClock;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
     * @param trace how many packets to follow
     */
    public record Plan(
            String file,
            String text,
            Map<String, String> variables,
            Seed seed,
            boolean virtual,
            boolean reconfigurable,
            int trace) {}

    /** What the user reads: printed text as it is, and lines of chatter. */
    public record Output(Consumer<String> printed, Consumer<String> lines) {}

    private final Plan plan;
    private final Shared shared = new Shared();
    private final Driver driver = shared.get(Driver.class, Driver::new);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<AutoCloseable> servers = new ArrayList<>();
    private final @Nullable EventLoop live;

    /** Virtual time's one thread; its stack is as deep as a loop's. */
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(task -> EventLoop.thread("click", task));

    private volatile boolean interrupted;
    private final @Nullable VirtualClock clock;
    private final Loop loop;

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
        driver.onStop(stopped::countDown);
        GraphText parsed = Parser.parse(plan.file(), plan.text(), plan.variables());
        if (plan.virtual()) {
            live = null;
            clock = new VirtualClock();
            loop = new VirtualLoop(clock);
        } else {
            live = new EventLoop("click");
            shared.get(Signals.class, Signals::new).from(new ProcessSignals());
            clock = null;
            loop = live;
        }
        boolean started = false;
        try {
            // Kept on the loop's thread: a script may replace it before this thread goes on.
            Graph ignored = onLoop(() -> graph = start(plan.text(), parsed, null));
            started = true;
        } finally {
            if (!started) {
                worker.shutdown();
                if (live != null) {
                    live.close();
                }
            }
        }
    }

    /** A piece of work on the loop's thread. */
    private interface Work<T> {
        T run() throws ConfigException, HandlerException;
    }

    private static final class Failed extends Exception {
        final Exception why;

        Failed(Exception why) {
            super(why);
            this.why = why;
        }
    }

    private <T> T onLoop(Work<T> work) throws ConfigException {
        try {
            return call(work);
        } catch (Failed e) {
            if (e.why instanceof ConfigException wrong) {
                throw wrong;
            }
            throw new IllegalStateException(e.why);
        }
    }

    private <T> T call(Work<T> work) throws Failed {
        try {
            return live == null ? await(worker.submit(work::run)) : live.call(work::run);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new Failed(e);
        }
    }

    /** Waits for what the worker does; an interrupt is kept for later. */
    private static <T> T await(Future<T> work) throws Exception {
        boolean kept = false;
        try {
            while (true) {
                try {
                    return work.get();
                } catch (InterruptedException e) {
                    kept = true;
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof Exception cause ? cause : e;
                }
            }
        } finally {
            if (kept) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Graph start(String text, GraphText parsed, @Nullable Graph old) throws ConfigException {
        Graph next = Graph.start("click", text, parsed, loop, shared, plan.seed(), old);
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
        servers.add(ControlServer.listen(eventLoop("a control socket"), socket, new Current()));
    }

    /** Serves the handlers on a TCP port of the loopback. */
    public void listen(InetSocketAddress address) throws IOException {
        servers.add(ControlServer.listen(eventLoop("a control port"), address, new Current()));
    }

    private EventLoop eventLoop(String what) throws IOException {
        if (live == null) {
            throw new IOException(what + " cannot be had in virtual time");
        }
        return live;
    }

    /** Drives the graph until it is over; an interrupt ends that. */
    public void drive() {
        if (clock != null) {
            driveVirtually(clock);
            return;
        }
        try {
            stopped.await();
        } catch (InterruptedException e) {
            // The caller's Ctrl-C: the graph is read and closed as at any other end.
            Thread.currentThread().interrupt();
        }
    }

    private void driveVirtually(VirtualClock time) {
        Future<?> driven =
                worker.submit(
                        () -> {
                            while (!driver.isStopped()
                                    && time.nextDeadline() != TimerQueue.NONE
                                    && !interrupted) {
                                time.runUntil(time.nextDeadline());
                            }
                        });
        try {
            driven.get();
        } catch (InterruptedException e) {
            interrupted = true;
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The elements' names, in the order of the text. */
    public List<String> elements() {
        return graph.elementNames();
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
        try {
            return call(() -> graph.handlerSpace().read(path, argument));
        } catch (Failed e) {
            if (e.why instanceof HandlerException wrong) {
                throw wrong;
            }
            throw new IllegalStateException(e.why);
        }
    }

    /** The global handlers. */
    public Handlers handlers() {
        return graph.handlers();
    }

    /** By how many packets the books are wrong; 0 when all is well. */
    public long imbalance() throws ConfigException {
        return onLoop(() -> graph.ledger().imbalance(loop.packets().inUse()));
    }

    /** Closes the graph and returns how many packets were not given back: 0, or it leaks. */
    public long end() throws ConfigException {
        return onLoop(
                () -> {
                    graph.close();
                    return loop.packets().inUse();
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
        if (live != null) {
            live.close();
        } else {
            worker.execute(loop.packets()::close);
        }
        worker.shutdown();
    }
}
