package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vini.forwarder.control.ControlClient;
import vini.forwarder.control.ControlException;
import vini.forwarder.control.ControlTimeoutException;
import vini.overlay.host.Afterwards;
import vini.overlay.host.Cgroup;
import vini.overlay.host.ChildProcess;
import vini.overlay.host.Worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One of a slice's two processes, started again whenever it ends, at once the first time and then
 * with pauses that double up to five seconds. One that does not answer is killed, and so starts
 * again, too. Lives on the slice's worker.
 */
final class SupervisedProcess {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedProcess.class);

    /** Hears of the process, on the worker. */
    interface Listener {
        /** It is ready, for the first time or again. */
        void ready(SupervisedProcess process);

        /** It has ended although nobody asked it to. */
        void died(SupervisedProcess process, int status);

        /** It has ended and cannot be started again for now; that is tried again later. */
        void notStarted(SupervisedProcess process, String reason);
    }

    /** Shorter than what the users of a keeper's own socket wait. */
    private static final long ANSWER_MS = 3000;

    private static final long PAUSE_MIN_NANOS = 100_000_000L;
    private static final long PAUSE_MAX_NANOS = 5_000_000_000L;

    /** After this long without a fault, the next fault counts as the first. */
    private static final long FORGIVEN_NANOS = 60_000_000_000L;

    private final String name;
    private final List<String> command;
    private final Path log;
    private final Path socket;
    private final Cgroup cgroup;
    private final Worker worker;
    private final Listener listener;
    private @Nullable ChildProcess child;
    private @Nullable ControlClient control;
    private boolean stopping;
    private boolean killed;

    /** While it is frozen: what becomes of it should the keeper be killed, or hang. */
    private @Nullable Afterwards thawing;

    private int restarts;
    private long pauseNanos;
    private long startedNanos;

    SupervisedProcess(
            String name,
            List<String> command,
            Path folder,
            Cgroup cgroup,
            Worker worker,
            Listener listener) {
        this.name = name;
        this.command = command;
        this.log = folder.resolve(name + ".log");
        this.socket = folder.resolve(name + ".sock");
        this.cgroup = cgroup;
        this.worker = worker;
        this.listener = listener;
    }

    String name() {
        return name;
    }

    /** Starts it; if it cannot be started the first time, that is the caller's. */
    void start() throws IOException {
        startedNanos = worker.nowNanos();
        child =
                ChildProcess.start(
                        command,
                        log,
                        cgroup,
                        new ChildProcess.Listener() {
                            @Override
                            public void ready() {
                                worker.execute(SupervisedProcess.this::becomeReady);
                            }

                            @Override
                            public void exited(int status) {
                                worker.execute(() -> end(status));
                            }
                        });
    }

    private void becomeReady() {
        try {
            control = ControlClient.connect(socket, ANSWER_MS);
        } catch (ControlTimeoutException e) {
            killHanging();
            return;
        } catch (IOException e) {
            // It died right after it said so; that is told next.
            return;
        }
        listener.ready(this);
    }

    private void end(int status) {
        disconnect();
        forgetThawing();
        if (stopping) {
            return;
        }
        listener.died(this, status);
        killed = false;
        restarts++;
        if (worker.nowNanos() - startedNanos > FORGIVEN_NANOS) {
            pauseNanos = 0;
        }
        restartLater();
    }

    private void restartLater() {
        pauseNanos = Math.clamp(2 * pauseNanos, PAUSE_MIN_NANOS, PAUSE_MAX_NANOS);
        worker.schedule(pauseNanos, this::restart);
    }

    private void restart() {
        if (stopping) {
            return;
        }
        try {
            start();
        } catch (IOException e) {
            listener.notStarted(this, String.valueOf(e.getMessage()));
            restarts++;
            restartLater();
        }
    }

    /** Whether it can be asked. */
    boolean isReady() {
        return answering() != null;
    }

    /**
     * The way to ask it.
     *
     * @throws IOException it is away for the moment
     */
    ControlClient control() throws IOException {
        ControlClient client = answering();
        if (client == null) {
            throw new IOException(
                    "the " + name + (isFrozen() ? " is frozen" : " is being started again"));
        }
        return client;
    }

    private @Nullable ControlClient answering() {
        ControlClient client = isFrozen() ? null : control;
        if (client != null && client.hasTimedOut()) {
            killHanging();
            return null;
        }
        return client;
    }

    /** Asks it something cheap, so that it is noticed when it hangs. */
    void feelPulse() {
        ControlClient client = answering();
        if (client == null) {
            return;
        }
        try {
            client.read("list");
        } catch (ControlException e) {
            // A refusal is a sign of life, too.
        } catch (IOException e) {
            // It has died, which is told by its end, or it hangs:
            answering();
        }
    }

    /** Ends it at once, on purpose. */
    void kill() {
        ChildProcess process = child;
        if (process != null && process.isAlive()) {
            killed = true;
            disconnect();
            process.kill();
        }
    }

    /** Whether the last death was on purpose. */
    boolean wasKilled() {
        return killed;
    }

    /** Refuses what {@link #freeze} would refuse. */
    void checkCanFreeze() throws IOException {
        if (thawing == null && (child == null || !isReady())) {
            throw new IOException("the " + name + " is being started again");
        }
    }

    /**
     * It stands still: it is not asked, and not taken for one that hangs. If it does already, it
     * does so from now on for that long.
     *
     * @param nanos after which the machine lets it go on, if the keeper hangs itself; {@link
     *     Long#MAX_VALUE} for never
     * @throws IOException it is away, or the machine does not let us
     */
    void freeze(long nanos) throws IOException {
        checkCanFreeze();
        ChildProcess process = child;
        if (process == null) {
            return;
        }
        Afterwards before = thawing;
        List<String> pid = List.of(Long.toString(process.pid()));
        thawing =
                nanos == Long.MAX_VALUE
                        ? Afterwards.of("kill -KILL $1", pid)
                        : Afterwards.of(nanos, "kill -CONT $1", "kill -KILL $1", pid);
        process.stopMoving();
        if (before != null) {
            before.forget();
        }
    }

    /** It goes on. */
    void thaw() throws IOException {
        Afterwards later = thawing;
        ChildProcess process = child;
        if (later != null && process != null) {
            thawing = null;
            process.goOn();
            later.forget();
        }
    }

    /** Whether it stands still on purpose. */
    boolean isFrozen() {
        return thawing != null;
    }

    private void killHanging() {
        disconnect();
        ChildProcess process = child;
        if (process != null) {
            LOG.warn("the {} does not answer and is killed", name);
            process.kill();
        }
    }

    /** Its number, or -1 while it is away. */
    long pid() {
        ChildProcess process = child;
        return process == null || !process.isAlive() ? -1 : process.pid();
    }

    int restarts() {
        return restarts;
    }

    List<String> lastWords() {
        ChildProcess process = child;
        return process == null ? List.of() : process.lastWords();
    }

    private void thawAtTheEnd(ChildProcess process) {
        try {
            thaw();
        } catch (IOException e) {
            LOG.warn("the {} stands still and is killed: {}", name, e.getMessage());
            process.kill();
        }
        forgetThawing();
    }

    private void forgetThawing() {
        Afterwards later = thawing;
        thawing = null;
        if (later != null) {
            later.forget();
        }
    }

    private void disconnect() {
        ControlClient client = control;
        control = null;
        if (client != null) {
            try {
                client.close();
            } catch (IOException e) {
                // It is closed, then.
            }
        }
    }

    /** Ends it for good. */
    void stop() {
        stopping = true;
        disconnect();
        ChildProcess process = child;
        if (process != null) {
            thawAtTheEnd(process);
            process.stop();
        }
        cgroup.remove();
    }
}
