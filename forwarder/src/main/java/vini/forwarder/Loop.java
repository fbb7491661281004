package vini.forwarder;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.offload.TrainReceiver;
import vini.time.Clock;

/**
 * What drives graphs: one thread with a clock, a packet pool and a list of work. Live, a Netty
 * event loop stands behind it; virtually, a {@link vini.time.VirtualClock} does, and there is no
 * I/O.
 */
public interface Loop {
    Clock clock();

    PacketPool packets();

    /** The tasks of elements. */
    TaskQueue tasks();

    /** Runs the task soon, after what runs now. Any thread may ask for it. */
    void later(Runnable task);

    /** Whether this is the loop's thread. */
    boolean isHere();

    /**
     * Does something on the loop's thread, waits for it, and returns or throws what it does. A loop
     * that waits for another one does meanwhile what is asked of itself in this way, so that loops
     * may ask each other. On the loop's own thread it is a plain call.
     */
    <T, E extends Exception> T call(Work<T, E> work) throws E;

    /** Something to do on a loop's thread. */
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** The descriptors' side of the loop; null in the virtual world. */
    @Nullable Io io();

    /** Watches descriptors. All on the loop's thread. */
    interface Io {
        /**
         * Calls {@code onReadable} whenever the descriptor can be read (level-triggered).
         *
         * @return what ends the watch; it does not close the descriptor
         */
        Runnable watch(int descriptor, Runnable onReadable);

        /**
         * Does something when what the loop does now is done: what has come by one event leaves
         * together, by few system calls.
         */
        void afterThis(Runnable action);

        /** What receives datagrams for all elements of the loop. */
        TrainReceiver trains();

        /** Room for the largest unit that a tun device hands over, free until the next event. */
        ByteBuf scratch();
    }
}
