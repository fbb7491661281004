package vini.forwarder.io;

import vini.forwarder.Driver;
import vini.forwarder.Loop;
import vini.forwarder.Loops;

import java.io.IOException;

/** What drives one graph that is run by itself: live threads, or one thread in virtual time. */
interface Engine extends AutoCloseable {
    Loops loops();

    /** Does something on the first loop's thread and waits for it. */
    <T, E extends Exception> T call(Loop.Work<T, E> work) throws E;

    /**
     * Waits until the graph is over. An interrupt of the caller ends that, too, and is kept for
     * later: the graph is then read and closed as at any other end.
     */
    void drive(Driver driver);

    /** The loop that serves sockets. */
    EventLoop sockets() throws IOException;

    /** Ends all threads. */
    @Override
    void close();
}
