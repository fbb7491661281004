package vini.forwarder.io;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The one wake-up of a loop: a descriptor that can be read from a given time on
 * (timerfd_create(2)), watched like any other. Setting it allocates nothing, unlike a task of
 * Netty's; while it rings the loop does not sleep, and looks at its other descriptors all the time.
 * All on the loop's thread.
 */
final class Alarm implements EpollIoHandle {
    private static final int CLOCK_MONOTONIC = 1;
    private static final long SECOND = 1_000_000_000L;

    // struct itimerspec on 64 bits: the interval, which stays 0, then the value
    private static final long BYTES = 32;
    private static final long SECONDS_AT = 16;
    private static final long NANOS_AT = 24;

    private final Runnable action;
    private final int descriptor;
    private final FileDescriptor handle;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment value = arena.allocate(BYTES, Long.BYTES);
    private final IoRegistration registration;
    private boolean rings;

    /**
     * Not set.
     *
     * @param action runs again and again while it rings
     * @throws LibcException the process has too many descriptors
     */
    Alarm(IoEventLoop loop, Runnable action) throws LibcException {
        this.action = action;
        int flags = Libc.O_CLOEXEC | Libc.O_NONBLOCK;
        descriptor = Downcall.check("timerfd_create", "timerfd_create", CLOCK_MONOTONIC, flags);
        handle = new FileDescriptor(descriptor);
        registration = loop.register(this).syncUninterruptibly().getNow();
        registration.submit(EpollIoOps.EPOLLIN);
    }

    /** Rings in so many nanoseconds, at once if there are none left. */
    void in(long nanos) {
        if (nanos > 0) {
            rings = false;
            set(nanos);
        } else if (!rings) {
            rings = true;
            set(1);
        }
    }

    /** Is not set any more. */
    void off() {
        rings = false;
        set(0);
    }

    private void set(long nanos) {
        value.set(ValueLayout.JAVA_LONG, SECONDS_AT, nanos / SECOND);
        value.set(ValueLayout.JAVA_LONG, NANOS_AT, nanos % SECOND);
        long result = PacketCalls.timerfdSettime(descriptor, value.address());
        if (result < 0) {
            throw new IllegalStateException("timerfd_settime: error " + -result);
        }
    }

    @Override
    public FileDescriptor fd() {
        return handle;
    }

    @Override
    public void handle(IoRegistration ignored, IoEvent event) {
        rings = true;
        action.run();
    }

    /** Ends it. Netty calls this, too, when the loop ends. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
            boolean ignored = registration.cancel();
            try {
                Libc.close(descriptor);
            } catch (IOException e) {
                throw new IllegalStateException("closing an alarm", e);
            }
        }
    }
}
