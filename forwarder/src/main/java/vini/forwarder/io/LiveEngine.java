package vini.forwarder.io;

import vini.forwarder.Driver;
import vini.forwarder.Loop;
import vini.forwarder.Loops;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Live threads, each with its event loop. */
final class LiveEngine implements Engine {
    private final List<EventLoop> loops;
    private final Loops all;

    /** With so many threads. */
    LiveEngine(int threads) {
        loops = EventLoop.start("click", threads);
        all = new Loops(loops);
    }

    @Override
    public Loops loops() {
        return all;
    }

    @Override
    public <T, E extends Exception> T call(Loop.Work<T, E> work) throws E {
        return all.first().call(work);
    }

    @Override
    public void drive(Driver driver) {
        CountDownLatch over = new CountDownLatch(1);
        call(
                () -> {
                    driver.onStop(over::countDown);
                    return true;
                });
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public EventLoop sockets() {
        return loops.getFirst();
    }

    @Override
    public void close() {
        loops.reversed().forEach(EventLoop::close);
    }
}
