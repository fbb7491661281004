package vini.forwarder.io;

import static vini.forwarder.io.Downcall.bytes;
import static vini.forwarder.io.Downcall.check;
import static vini.forwarder.io.Downcall.text;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The system calls that set up files and sockets: a failure is a {@link LibcException}. Those about
 * processes are {@link ProcessCalls}, those of the packet path {@link PacketCalls}.
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

    private static final short POLLOUT = 4;
    private static final int PRIO_PROCESS = 0;
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
        nice(0, value);
    }

    /** The same for another thread of this process, by its number in {@code /proc/self/task}. */
    static void nice(int thread, int value) throws LibcException {
        check("setpriority", "setpriority", PRIO_PROCESS, thread, value);
    }
}
