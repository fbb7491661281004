package vini.forwarder.io;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.FastThreadLocalThread;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vini.forwarder.Loop;
import vini.forwarder.PacketMemory;
import vini.forwarder.PacketPool;
import vini.forwarder.TaskQueue;
import vini.forwarder.offload.TrainReceiver;
import vini.forwarder.offload.TunReader;
import vini.time.Clock;
import vini.time.Timer;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * The live loop: one thread of Netty on epoll, the machine's monotonic clock, descriptors watched
 * level-triggered, and all timers behind one wake-up. What goes wrong in a task is logged and ends
 * that task only; a process that wants to end instead names itself as {@link #onError}.
 */
public final class EventLoop implements Loop, Loop.Io, Clock, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    /** What a loop is for, and so whether its thread goes before others. */
    public enum Duty {
        /** Moves packets when they are due: the thread takes precedence where it has the right. */
        PACKETS,
        /**
         * Speaks with other routers: takes precedence, too, but does not stay awake to be exact to
         * the microsecond.
         */
        PROTOCOLS,
        /** Answers, asks and measures like any other program. */
        ORDINARY
    }

    private static final int NICE = -10;

    /** So much of what is to be done soon is done at once: a packet's way through many nodes. */
    private static final int SOON = 32;

    /**
     * A push calls the next element's, and so on: a chain of 10,000 elements wants some megabytes.
     * Memory is only taken as it is used.
     */
    private static final long STACK_BYTES = 64L << 20;

    private final MultiThreadIoEventLoopGroup group;
    private final IoEventLoop loop;
    private final PacketPool packets;
    private final TaskQueue tasks;

    /** The loop whose thread this is. */
    private static final ThreadLocal<@Nullable EventLoop> OWN = new ThreadLocal<>();

    /** What the loop wants done after what it does now: cheaper than as many tasks of Netty's. */
    private final Queue<Runnable> soon = new ArrayDeque<>();

    private boolean soonComes;

    /** What happens when the present event is over. */
    private final Queue<Runnable> afterThis = new ArrayDeque<>();

    /** Whether an event is under way, after which {@link #afterThis} is done. */
    private boolean inEvent;

    private @Nullable TrainReceiver trains;
    private @Nullable ByteBuf scratch;

    /** What other threads wait for. */
    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();

    private volatile @Nullable Thread thread;
    private volatile Thread.UncaughtExceptionHandler onError = (thread, e) -> {};
    private final Spin spin = new Spin(this::nowNanos);
    private final Duty duty;
    private final LoopTimers timers;

    /** Starts a loop that moves packets; its thread bears the name. */
    public EventLoop(String name) {
        this(name, Duty.PACKETS);
    }

    /** Starts a loop; its thread bears the name. */
    public EventLoop(String name, Duty duty) {
        this(name, duty, new PacketMemory());
    }

    /** Starts several loops of a process; what their packets take is bounded for all together. */
    public static List<EventLoop> start(String name, int number) {
        PacketMemory memory = new PacketMemory();
        return IntStream.range(0, number)
                .mapToObj(i -> i == 0 ? name : name + "-" + i)
                .map(each -> new EventLoop(each, Duty.PACKETS, memory))
                .toList();
    }

    private EventLoop(String name, Duty duty, PacketMemory memory) {
        this.duty = duty;
        packets = new PacketPool(memory);
        Epoll.ensureAvailability();
        ThreadFactory threads = task -> thread(name, task);
        IoHandlerFactory epoll =
                duty == Duty.PACKETS
                        ? EpollIoHandler.newFactory(0, () -> spin)
                        : EpollIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(1, threads, epoll);
        loop = group.next();
        timers =
                new LoopTimers(
                        loop, this::nowNanos, spin::lastEvent, duty == Duty.PACKETS, this::guarded);
        tasks = new TaskQueue(this);
        run(
                () -> {
                    thread = Thread.currentThread();
                    OWN.set(this);
                    punctual();
                });
    }

    /** A daemon with that stack. */
    static Thread thread(String name, Runnable task) {
        Thread thread = new FastThreadLocalThread(null, task, name, STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * What the thread emulates takes as long as the user said, also while others use the processor:
     * PL-VINI gave its forwarders priority for that reason ("In VINI Veritas", 4.1.2). Who has no
     * right to it does without.
     */
    private void punctual() {
        try {
            if (duty != Duty.ORDINARY) {
                Libc.nice(NICE);
            }
            if (duty == Duty.PACKETS) {
                Collector.nice(NICE);
            }
        } catch (LibcException e) {
            LOG.debug("others may go first: {}", e.getMessage());
        }
    }

    /** Says who hears of exceptions that came out of tasks, timers and descriptors. */
    public void onError(Thread.UncaughtExceptionHandler handler) {
        onError = handler;
    }

    /** Netty's loop, for its channels. */
    public IoEventLoop netty() {
        return loop;
    }

    @Override
    public Clock clock() {
        return this;
    }

    @Override
    public PacketPool packets() {
        return packets;
    }

    @Override
    public Io io() {
        return this;
    }

    @Override
    public TaskQueue tasks() {
        return tasks;
    }

    @Override
    public void later(Runnable task) {
        if (!loop.inEventLoop()) {
            loop.execute(() -> guarded(task));
            return;
        }
        soon.add(task);
        if (!soonComes) {
            soonComes = true;
            loop.execute(this::doSoon);
        }
    }

    @Override
    public boolean isHere() {
        return loop.inEventLoop();
    }

    /** Does some of it; the rest after a look at timers and descriptors. */
    private void doSoon() {
        for (int left = SOON; left > 0 && !soon.isEmpty(); left--) {
            guarded(soon.remove());
        }
        soonComes = !soon.isEmpty();
        if (soonComes) {
            loop.schedule(this::doSoon, 0, TimeUnit.NANOSECONDS);
        }
    }

    private void guarded(Runnable task) {
        inEvent = true;
        alone(task);
        while (!afterThis.isEmpty()) {
            alone(afterThis.remove());
        }
        inEvent = false;
    }

    private void alone(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a task of the loop failed", e);
            onError.uncaughtException(Thread.currentThread(), e);
        }
    }

    @Override
    public void afterThis(Runnable action) {
        afterThis.add(action);
        if (!inEvent && afterThis.size() == 1) {
            // What Netty itself reads, such as a command, is no event of ours, and none may follow.
            loop.execute(() -> guarded(() -> {}));
        }
    }

    @Override
    public TrainReceiver trains() {
        if (trains == null) {
            trains = new TrainReceiver(packets);
        }
        return trains;
    }

    @Override
    public ByteBuf scratch() {
        if (scratch == null) {
            scratch = PooledByteBufAllocator.DEFAULT.directBuffer(TunReader.SCRATCH_BYTES);
        }
        return scratch;
    }

    @Override
    public long nowNanos() {
        return System.nanoTime();
    }

    @Override
    public long epochNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    @Override
    public Timer timer(Runnable action) {
        return timers.timer(action);
    }

    /** How often timers have woken the loop. */
    long wakeUps() {
        return timers.wakeUps();
    }

    @Override
    public Runnable watch(int descriptor, Runnable onReadable) {
        Handle handle = new Handle(descriptor, onReadable);
        IoRegistration registration = loop.register(handle).syncUninterruptibly().getNow();
        registration.submit(EpollIoOps.EPOLLIN);
        return registration::cancel;
    }

    /** As the loop says; an interrupt of the caller is kept for later. */
    @Override
    @SuppressWarnings("unchecked") // what it throws is what work throws
    public <T, E extends Exception> T call(Work<T, E> work) throws E {
        if (loop.inEventLoop()) {
            return work.run();
        }
        Thread caller = Thread.currentThread();
        FutureTask<T> task =
                new FutureTask<>(work::run) {
                    @Override
                    protected void done() {
                        LockSupport.unpark(caller);
                    }
                };
        asked.add(task);
        loop.execute(() -> guarded(this::answer));
        LockSupport.unpark(thread);
        EventLoop own = OWN.get();
        boolean interrupted = false;
        while (!task.isDone()) {
            if (own != null) {
                own.answer();
            }
            if (!task.isDone()) {
                LockSupport.park(this);
            }
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            caller.interrupt();
        }
        if (task.state() != FutureTask.State.FAILED) {
            return task.resultNow();
        }
        if (task.exceptionNow() instanceof Error error) {
            throw error;
        }
        throw (E) task.exceptionNow();
    }

    /** Does what others wait for. */
    private void answer() {
        for (Runnable task = asked.poll(); task != null; task = asked.poll()) {
            task.run();
        }
    }

    /** A task without a result that throws nothing checked. */
    public void run(Runnable task) {
        boolean _ =
                call(
                        () -> {
                            task.run();
                            return true;
                        });
    }

    /** Ends the loop and its thread. */
    @Override
    public void close() {
        if (!loop.isShuttingDown()) {
            run(this::free);
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void free() {
        timers.close();
        if (trains != null) {
            trains.close();
        }
        packets.close();
        if (scratch != null) {
            scratch.release();
        }
    }

    private final class Handle implements EpollIoHandle {
        private final FileDescriptor descriptor;
        private final Runnable onReadable;

        Handle(int descriptor, Runnable onReadable) {
            this.descriptor = new FileDescriptor(descriptor);
            this.onReadable = onReadable;
        }

        @Override
        public FileDescriptor fd() {
            return descriptor;
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            guarded(onReadable);
            spin.eventCame();
        }

        /** The loop ends; the descriptor belongs to who opened it. */
        @Override
        public void close() {}
    }
}
