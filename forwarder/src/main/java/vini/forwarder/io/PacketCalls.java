package vini.forwarder.io;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The system calls of the packet path. Buffers, vectors and message headers are raw addresses of
 * native memory that the caller keeps alive; nothing is allocated and nothing is thrown.
 *
 * <p>Each returns what C returns, or {@code -errno} on failure: {@code -Errno.EAGAIN} when there is
 * nothing to read or no room to write. {@code EINTR} is not retried.
 */
public final class PacketCalls {
    private static final FunctionDescriptor THREE =
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final FunctionDescriptor FIVE =
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle READ = link("read", THREE);
    private static final MethodHandle WRITE = link("write", THREE);
    private static final MethodHandle READV = link("readv", THREE);
    private static final MethodHandle WRITEV = link("writev", THREE);
    private static final MethodHandle SENDMSG = link("sendmsg", THREE);
    private static final MethodHandle RECVMSG = link("recvmsg", THREE);
    private static final MethodHandle SENDMMSG = link("sendmmsg", FIVE);
    private static final MethodHandle RECVMMSG = link("recvmmsg", FIVE);
    private static final MethodHandle TIMERFD_SETTIME = link("timerfd_settime", FIVE);

    /** Each event loop has its own, so that capturing errno allocates nothing. */
    private static final ThreadLocal<MemorySegment> STATE =
            ThreadLocal.withInitial(Downcall::state);

    private PacketCalls() {}

    private static MethodHandle link(String function, FunctionDescriptor shape) {
        return Downcall.LINKER.downcallHandle(Downcall.symbol(function), shape, Downcall.ERRNO);
    }

    /** Bytes read into {@code [address, address + bytes)}. */
    public static long read(int fd, long address, long bytes) {
        return three("read", READ, fd, address, bytes);
    }

    /** Bytes written from {@code [address, address + bytes)}. */
    public static long write(int fd, long address, long bytes) {
        return three("write", WRITE, fd, address, bytes);
    }

    /** Bytes read into {@code vectors} consecutive {@code struct iovec} at {@code address}. */
    public static long readv(int fd, long address, int vectors) {
        return three("readv", READV, fd, address, vectors);
    }

    /** Bytes written from {@code vectors} consecutive {@code struct iovec} at {@code address}. */
    public static long writev(int fd, long address, int vectors) {
        return three("writev", WRITEV, fd, address, vectors);
    }

    /** Bytes sent by the {@code struct msghdr} at {@code address}. */
    public static long sendmsg(int fd, long address, int flags) {
        return three("sendmsg", SENDMSG, fd, address, flags);
    }

    /** Bytes received by the {@code struct msghdr} at {@code address}. */
    public static long recvmsg(int fd, long address, int flags) {
        return three("recvmsg", RECVMSG, fd, address, flags);
    }

    /** How many of the {@code messages} {@code struct mmsghdr} at {@code address} were sent. */
    public static long sendmmsg(int fd, long address, int messages, int flags) {
        return five("sendmmsg", SENDMMSG, fd, address, messages, flags);
    }

    /** How many of the {@code messages} {@code struct mmsghdr} at {@code address} were filled. */
    public static long recvmmsg(int fd, long address, int messages, int flags) {
        return five("recvmmsg", RECVMMSG, fd, address, messages, flags);
    }

    /** Sets a timer to the {@code struct itimerspec} at {@code address}, from now. */
    static long timerfdSettime(int fd, long address) {
        return five("timerfd_settime", TIMERFD_SETTIME, fd, 0, address, 0);
    }

    // The handles are constants at each caller once these are inlined, so that the call folds.
    private static long three(String name, MethodHandle call, long a, long b, long c) {
        MemorySegment state = STATE.get();
        try {
            long result = (long) call.invokeExact(state, a, b, c);
            return result < 0 ? -Downcall.errno(state) : result;
        } catch (Throwable t) {
            throw Downcall.unexpected(name, t);
        }
    }

    private static long five(String name, MethodHandle call, long a, long b, long c, long d) {
        MemorySegment state = STATE.get();
        try {
            // The C result is an int: only the low half counts. No timeout is passed.
            int result = (int) (long) call.invokeExact(state, a, b, c, d, 0L);
            return result < 0 ? -Downcall.errno(state) : result;
        } catch (Throwable t) {
            throw Downcall.unexpected(name, t);
        }
    }
}
