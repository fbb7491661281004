package vini.forwarder;

import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way of packets from one loop into a queue that lives on another. Packets stay with the pool
 * of the loop that made them: the queue's loop copies them and hands them back to be killed. It
 * holds {@link #PACKETS} packets besides those in the queue; while the queue is full they wait
 * here. Who pushes is told to wait when it is half full, so that a burst that has begun fits.
 */
final class Crossing extends Element {
    static final int PACKETS = 512;

    private static final int WAIT = PACKETS / 2;
    private static final int GO_ON = PACKETS / 4;

    private final Loop from;
    private final Element queue;
    private final int port;

    /** Those on their way, and those that have been copied. */
    private final Queue<Packet> ahead = new SpscVarHandleArrayQueue<>(PACKETS);

    private final Queue<Packet> back = new SpscVarHandleArrayQueue<>(PACKETS);

    /** What the loop that pushes alone touches: how many are in both, whether there is room. */
    private int away;

    private final Notifier room = new Notifier(true);

    /** The queue's loop was asked to look; the loop that pushes wants to hear of room. */
    private final AtomicBoolean asked = new AtomicBoolean();

    private final AtomicBoolean waits = new AtomicBoolean();

    @SuppressWarnings("NullAway.Init") // the following are set by initialize
    private DropCounter queueFull;

    @SuppressWarnings("NullAway.Init")
    private Task task;

    @SuppressWarnings("NullAway.Init")
    private Signal queueHasRoom;

    /**
     * @param from the loop that pushes
     * @param queue where the packets go, at input {@code port}
     */
    Crossing(Loop from, Element queue, int port) {
        this.from = from;
        this.queue = queue;
        this.port = port;
        place(queue.graph(), queue.name());
        runsOn(queue.loop());
        Output out = new Output(loop().packets(), queue, port, null);
        connect(new @Nullable Input[1], new @Nullable Output[] {out});
    }

    @Override
    protected void initialize() {
        queueFull = drops("queueFull");
        task = task(this::run);
        queueHasRoom = nonFull(0, task);
    }

    @Override
    public void push(int input, Batch batch) {
        takeBack();
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            if (away < PACKETS && ahead.offer(packet)) {
                away++;
            } else {
                queueFull.drop(packet);
            }
        }
        batch.recycle();
        if (away >= WAIT) {
            room.set(false);
            waitForRoom();
        }
        if (!asked.getAndSet(true)) {
            loop().later(this::look);
        }
    }

    /** Kills those that have been copied. */
    private void takeBack() {
        for (Packet packet = back.poll(); packet != null; packet = back.poll()) {
            away--;
            packet.kill();
        }
        if (away <= GO_ON) {
            room.set(true);
        }
    }

    /** Asks to be told when packets come back, unless they have. */
    private void waitForRoom() {
        waits.set(true);
        takeBack();
        if (room.isActive()) {
            waits.set(false);
        }
    }

    private void look() {
        asked.set(false);
        task.reschedule();
    }

    private boolean run() {
        int taken = 0;
        while (taken < Batch.CAPACITY && queueHasRoom.isActive()) {
            Packet packet = ahead.poll();
            if (packet == null) {
                break;
            }
            taken++;
            output(0).push(packet.copyTo(loop().packets()));
            back.add(packet);
        }
        // What was handed back must be seen by who says from now on that it waits.
        VarHandle.fullFence();
        if (taken > 0 && waits.get() && waits.getAndSet(false)) {
            from.later(this::waitForRoom);
        }
        if (!ahead.isEmpty() && queueHasRoom.isActive()) {
            task.reschedule();
        }
        return taken > 0;
    }

    /** On the loop that pushes: nothing remains of what has been copied, so that books balance. */
    void settle() {
        from(this::takeBack);
    }

    @Override
    protected void close() {
        from(
                () -> {
                    takeBack();
                    for (Packet packet = ahead.poll(); packet != null; packet = ahead.poll()) {
                        away--;
                        packet.kill();
                    }
                });
    }

    private void from(Runnable work) {
        boolean _ =
                from.call(
                        () -> {
                            work.run();
                            return true;
                        });
    }

    /** The queue itself, for who looks for one. */
    Element queue() {
        return queue;
    }

    @Override
    protected Notifier fullNotifier(int input) {
        return room;
    }

    /** Who pushes asks no further: what lies beyond is another thread's. */
    @Override
    List<Output> pushOutputs() {
        return List.of();
    }

    int port() {
        return port;
    }
}
