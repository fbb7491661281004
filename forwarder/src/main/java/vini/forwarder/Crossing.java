package vini.forwarder;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The way of packets from one loop into a queue that lives on another. It holds {@link #PACKETS}
 * packets besides those in the queue; while the queue is full they wait here. Who pushes is told to
 * wait when it is half full, so that a burst that has begun fits.
 */
final class Crossing extends Element {
    static final int PACKETS = 512;

    private final Element queue;
    private final Handover way;

    /** Whether there is room for a burst; belongs to the loop that pushes. */
    private final Notifier room = new Notifier(true);

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
        this.queue = queue;
        place(queue.graph(), queue.name());
        runsOn(queue.loop());
        way =
                new Handover(
                        PACKETS, from, loop(), packets -> task.reschedule(), () -> room.set(true));
        Output out = new Output(loop().packets(), queue, port, null, null);
        connect(new @Nullable Input[1], new @Nullable Output[] {out});
    }

    @Override
    protected void initialize() {
        queueFull = graph().ledger().drops(name(), DropReasons.QUEUE_FULL, graph().trace());
        task = task(this::run);
        queueHasRoom = nonFull(0, task);
    }

    @Override
    public void push(int input, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            if (!way.offer(packet)) {
                queueFull.drop(packet);
            }
        }
        batch.recycle();
        if (!way.hasRoom()) {
            room.set(false);
        }
        way.announce();
    }

    private boolean run() {
        int taken = 0;
        while (taken < Batch.CAPACITY && queueHasRoom.isActive()) {
            Packet packet = way.poll();
            if (packet == null) {
                break;
            }
            taken++;
            output(0).push(packet);
        }
        way.taken();
        if (!way.isEmpty() && queueHasRoom.isActive()) {
            task.reschedule();
        }
        return taken > 0;
    }

    @Override
    protected void close() {
        for (Packet packet = way.poll(); packet != null; packet = way.poll()) {
            packet.kill();
        }
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
}
