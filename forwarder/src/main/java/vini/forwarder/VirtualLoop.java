package vini.forwarder;

import org.jspecify.annotations.Nullable;

import vini.time.Clock;
import vini.time.VirtualClock;

/** A loop without I/O on a virtual clock: what is posted runs as an event of its own, at once. */
public final class VirtualLoop implements Loop {
    private final VirtualClock clock;
    private final PacketPool packets = new PacketPool();

    private final TaskQueue tasks;

    public VirtualLoop(VirtualClock clock) {
        this.clock = clock;
        this.tasks = new TaskQueue(clock);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public PacketPool packets() {
        return packets;
    }

    @Override
    public TaskQueue tasks() {
        return tasks;
    }

    @Override
    public void later(Runnable task) {
        clock.schedule(0, task);
    }

    @Override
    public boolean isHere() {
        return true;
    }

    @Override
    public <T, E extends Exception> T call(Work<T, E> work) throws E {
        return work.run();
    }

    @Override
    public @Nullable Io io() {
        return null;
    }
}
