package vini.forwarder.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The system calls that set things up: a failure is a {@link LibcException}. The calls of the
 * packet path are {@link PacketCalls}.
 *
 * <p>Numbers are those of Linux on x86-64 and AArch64; those that differ between the two are not
 * here.
 */
public final class Libc {
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_CLOEXEC = 0x80000;

    public static final int F_GETFD = 1;
    public static final int F_SETFD = 2;
    public static final int F_GETFL = 3;
    public static final int F_SETFL = 4;
    public static final int FD_CLOEXEC = 1;

    public static final int SOCK_STREAM = 1;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    public static final int SOCK_NONBLOCK = O_NONBLOCK;
    public static final int SOCK_CLOEXEC = O_CLOEXEC;

    public static final int SOL_SOCKET = 1;
    public static final int SO_REUSEADDR = 2;
    public static final int SO_ERROR = 4;
    public static final int SO_SNDBUF = 7;
    public static final int SO_RCVBUF = 8;
    public static final int SO_SNDBUFFORCE = 32;
    public static final int SO_RCVBUFFORCE = 33;

    public static final int CLONE_NEWNS = 0x00020000;
    public static final int CLONE_NEWUSER = 0x10000000;
    public static final int CLONE_NEWNET = 0x40000000;

    public static final int MS_RDONLY = 1;
    public static final int MS_BIND = 4096;
    public static final int MS_REC = 16384;
    public static final int MS_PRIVATE = 1 << 18;

    /** Descriptors stay open until the next exec, see close_range(2). */
    public static final int CLOSE_RANGE_CLOEXEC = 4;

    public static final int SIGINT = 2;
    public static final int SIGKILL = 9;
    public static final int SIGTERM = 15;

    private static final short POLLOUT = 4;
    private static final int PRIO_PROCESS = 0;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int SIG_SETMASK = 2;
    private static final int SIGSET_BYTES = 128;
    private static final int SOCKADDR_BYTES_MAX = 128;

    private Libc() {}

    /** Opens with {@code O_CLOEXEC}, always. Returns the descriptor. */
    public static int open(String path, int flags) throws LibcException {
        return open(path, flags, 0);
    }

    /** Opens with {@code O_CLOEXEC}, always; {@code mode} as in 0600, for {@code O_CREAT}. */
    public static int open(String path, int flags, int mode) throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            return check("open " + path, "open", text(arena, path), flags | (long) O_CLOEXEC, mode);
        }
    }

    public static void close(int fd) throws LibcException {
        check("close", "close", fd);
    }

    /** Bytes read into the start of {@code into}; 0 at end of file. */
    public static int read(int fd, byte[] into) throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment native_ = arena.allocate(Math.max(1, into.length));
            int n = check("read", "read", fd, native_.address(), into.length);
            MemorySegment.copy(native_, JAVA_BYTE, 0, into, 0, n);
            return n;
        }
    }

    /** Bytes written from the start of {@code from}. */
    public static int write(int fd, byte[] from) throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            return check("write", "write", fd, bytes(arena, from), from.length);
        }
    }

    /** An ioctl whose argument is a number, or an address that the caller keeps alive. */
    public static int ioctl(int fd, String name, long request, long argument) throws LibcException {
        return check("ioctl " + name, "ioctl", fd, request, argument);
    }

    /** An ioctl on a structure, which holds what the kernel wrote afterwards. */
    public static int ioctl(int fd, String name, long request, byte[] inOut) throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment native_ = arena.allocateFrom(JAVA_BYTE, inOut);
            int result = ioctl(fd, name, request, native_.address());
            MemorySegment.copy(native_, JAVA_BYTE, 0, inOut, 0, inOut.length);
            return result;
        }
    }

    public static int fcntl(int fd, int command, long argument) throws LibcException {
        return check("fcntl", "fcntl", fd, command, argument);
    }

    /** Opens a socket with {@code SOCK_CLOEXEC}, always. Returns the descriptor. */
    public static int socket(int domain, int type, int protocol) throws LibcException {
        return check("socket", "socket", domain, type | (long) SOCK_CLOEXEC, protocol);
    }

    /** Binds to an address made by {@link Sockaddr}. */
    public static void bind(int fd, byte[] address) throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            check("bind", "bind", fd, bytes(arena, address), address.length);
        }
    }

    /** Connects to an address made by {@link Sockaddr}. */
    public static void connect(int fd, byte[] address) throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            check("connect", "connect", fd, bytes(arena, address), address.length);
        }
    }

    public static void listen(int fd, int backlog) throws LibcException {
        check("listen", "listen", fd, backlog);
    }

    public static void setsockopt(int fd, int level, int option, int value) throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocateFrom(JAVA_INT, value).address();
            check(
                    "setsockopt " + level + "/" + option,
                    "setsockopt",
                    fd,
                    level,
                    option,
                    address,
                    Integer.BYTES);
        }
    }

    /** An option whose value is a structure. */
    public static void setsockopt(int fd, int level, int option, byte[] value)
            throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            check(
                    "setsockopt " + level + "/" + option,
                    "setsockopt",
                    fd,
                    level,
                    option,
                    bytes(arena, value),
                    value.length);
        }
    }

    /** Reads an option whose value is a structure into {@code into}. */
    public static void getsockopt(int fd, int level, int option, byte[] into) throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(into.length);
            MemorySegment length = arena.allocateFrom(JAVA_INT, into.length);
            check(
                    "getsockopt " + level + "/" + option,
                    "getsockopt",
                    fd,
                    level,
                    option,
                    value.address(),
                    length.address());
            MemorySegment.copy(value, JAVA_BYTE, 0, into, 0, into.length);
        }
    }

    /**
     * Takes the next connection of a listening socket, non-blocking and with {@code SOCK_CLOEXEC}.
     *
     * @param address gets the peer's address, as far as there is room
     */
    public static int accept(int fd, byte[] address) throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment room = arena.allocate(Math.max(1, address.length));
            MemorySegment length = arena.allocateFrom(JAVA_INT, address.length);
            int accepted =
                    check(
                            "accept",
                            "accept4",
                            fd,
                            room.address(),
                            length.address(),
                            SOCK_NONBLOCK | (long) SOCK_CLOEXEC);
            MemorySegment.copy(room, JAVA_BYTE, 0, address, 0, address.length);
            return accepted;
        }
    }

    /** Waits until the descriptor can be written or has an error; false after that time. */
    public static boolean awaitWritable(int fd, int timeoutMs) throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(JAVA_LONG);
            poll.set(JAVA_INT, 0, fd);
            poll.set(JAVA_SHORT, Integer.BYTES, POLLOUT);
            return check("poll", "poll", poll.address(), 1, timeoutMs) > 0;
        }
    }

    /** The value of an option that is an {@code int}. */
    public static int getsockopt(int fd, int level, int option) throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            MemorySegment length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
            check(
                    "getsockopt " + level + "/" + option,
                    "getsockopt",
                    fd,
                    level,
                    option,
                    value.address(),
                    length.address());
            return value.get(JAVA_INT, 0);
        }
    }

    /** The port that a socket of IPv4 or IPv6 is bound to, 0-65535. */
    public static int port(int fd) throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SOCKADDR_BYTES_MAX);
            MemorySegment length = arena.allocateFrom(JAVA_INT, SOCKADDR_BYTES_MAX);
            check("getsockname", "getsockname", fd, address.address(), length.address());
            return (address.get(JAVA_BYTE, 2) & 0xff) << 8 | address.get(JAVA_BYTE, 3) & 0xff;
        }
    }

    /** Bytes sent on a connected socket. */
    public static int send(int fd, byte[] message, int flags) throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            return check("send", "send", fd, bytes(arena, message), message.length, flags);
        }
    }

    /** Bytes sent to {@code address}, see {@link Sockaddr}. */
    public static int sendto(int fd, byte[] message, int flags, byte[] address)
            throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            return check(
                    "sendto",
                    "sendto",
                    fd,
                    bytes(arena, message),
                    message.length,
                    flags,
                    bytes(arena, address),
                    address.length);
        }
    }

    /** Bytes received into the start of {@code into}. */
    public static int recv(int fd, byte[] into, int flags) throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment native_ = arena.allocate(Math.max(1, into.length));
            int n = check("recv", "recv", fd, native_.address(), into.length, flags);
            MemorySegment.copy(native_, JAVA_BYTE, 0, into, 0, Math.min(n, into.length));
            return n;
        }
    }

    /**
     * Lets the calling thread run before others that want the processor, by a nice value of -20 to
     * 19.
     */
    public static void nice(int value) throws LibcException {
        check("setpriority", "setpriority", PRIO_PROCESS, 0, value);
    }

    /** Makes this process the leader of a session of its own, away from the user's terminal. */
    public static void setsid() throws LibcException {
        check("setsid", "setsid");
    }

    /**
     * Ctrl-C and a hang-up are for the keeper, who then ends this process; without this the
     * terminal would send them to all. A process that leads its group already stays there.
     */
    public static void leaveTheTerminal() throws LibcException {
        try {
            setsid();
        } catch (LibcException e) {
            if (e.errno() != Errno.EPERM) {
                throw e;
            }
        }
    }

    /** Lets the calling thread's waits end as exactly as the kernel can; the default is 50 us. */
    public static void exactTimers() throws LibcException {
        check("prctl", "prctl", PR_SET_TIMERSLACK, 1, 0, 0, 0);
    }

    /** Moves the calling thread, and no other, into the namespace of the descriptor. */
    public static void setns(int fd, int type) throws LibcException {
        check("setns", "setns", fd, type);
    }

    /** Gives the calling thread, and no other, new namespaces. */
    public static void unshare(int flags) throws LibcException {
        check("unshare", "unshare", flags);
    }

    public static void mount(
            @Nullable String source,
            String target,
            @Nullable String type,
            long flags,
            @Nullable String data)
            throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            check(
                    "mount on " + target,
                    "mount",
                    text(arena, source),
                    text(arena, target),
                    text(arena, type),
                    flags,
                    text(arena, data));
        }
    }

    /**
     * Replaces this process by a program, which is looked up on PATH. The program gets the calling
     * thread's namespaces and an empty signal mask; its other threads end here.
     *
     * @return never normally
     */
    public static LibcException execvp(List<String> arguments) {
        try (Arena arena = Arena.ofConfined()) {
            long[] pointers = new long[arguments.size() + 1]; // ends with a null pointer
            for (int i = 0; i < arguments.size(); i++) {
                pointers[i] = text(arena, arguments.get(i));
            }
            long vector = arena.allocateFrom(JAVA_LONG, pointers).address();
            check("execvp " + arguments.get(0), "execvp", pointers[0], vector);
            throw new IllegalStateException("execvp returned without an error");
        } catch (LibcException e) {
            return e;
        }
    }

    /** Empties the calling thread's signal mask: a JVM blocks SIGQUIT, and a mask outlives exec. */
    public static void unblockSignals() throws LibcException {
        try (Arena arena = Arena.ofConfined()) {
            long empty = arena.allocate(SIGSET_BYTES, Long.BYTES).address();
            check("sigprocmask", "sigprocmask", SIG_SETMASK, empty, 0);
        }
    }

    /** For all descriptors from {@code first} to {@code last}, which may be -1 for "all". */
    public static void closeRange(int first, int last, int flags) throws LibcException {
        check("close_range", "close_range", first, last, flags);
    }

    public static int getuid() {
        return (int) Downcall.call("getuid").result();
    }

    public static int geteuid() {
        return (int) Downcall.call("geteuid").result();
    }

    public static int getpid() {
        return (int) Downcall.call("getpid").result();
    }

    public static void kill(int pid, int signal) throws LibcException {
        check("kill " + pid, "kill", pid, signal);
    }

    private static int check(String what, String function, long... arguments) throws LibcException {
        if (!Downcall.exists(function)) {
            throw new LibcException(what, Errno.ENOSYS);
        }
        Downcall.Result result = Downcall.call(function, arguments);
        if ((int) result.result() < 0) {
            throw new LibcException(what, result.errno());
        }
        return (int) result.result();
    }

    private static long text(Arena arena, @Nullable String text) {
        return text == null ? 0 : arena.allocateFrom(text).address();
    }

    private static long bytes(Arena arena, byte[] bytes) {
        return bytes.length == 0 ? 0 : arena.allocateFrom(JAVA_BYTE, bytes).address();
    }
}
