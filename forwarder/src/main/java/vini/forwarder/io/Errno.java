package vini.forwarder.io;

import java.lang.foreign.MemorySegment;

/** Error numbers of Linux (the same on x86-64 and AArch64), and their names and sentences. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EIO = 5;
    public static final int EBADF = 9;
    public static final int EAGAIN = 11;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int EMSGSIZE = 90;
    public static final int EPIPE = 32;
    public static final int ENOSYS = 38;
    public static final int ENOPROTOOPT = 92;
    public static final int EADDRINUSE = 98;
    public static final int ENETUNREACH = 101;
    public static final int ECONNRESET = 104;
    public static final int ENOBUFS = 105;
    public static final int ETIMEDOUT = 110;
    public static final int ECONNREFUSED = 111;
    public static final int EHOSTUNREACH = 113;
    public static final int EINPROGRESS = 115;

    /** Longest text that the C library gives; a bound for reading it. */
    private static final long TEXT_BYTES_MAX = 256;

    private Errno() {}

    /** The C name such as {@code EAGAIN}, or {@code errno 999} where there is none. */
    public static String name(int errno) {
        String name = text("strerrorname_np", errno);
        return name.isEmpty() ? "errno " + errno : name;
    }

    /** The C library's sentence, such as {@code Permission denied}. */
    public static String text(int errno) {
        return text("strerror", errno);
    }

    private static String text(String function, int errno) {
        // A C library other than glibc may lack the first of the two.
        if (!Downcall.exists(function)) {
            return "";
        }
        long address = Downcall.call(function, errno).result();
        return address == 0
                ? ""
                : MemorySegment.ofAddress(address).reinterpret(TEXT_BYTES_MAX).getString(0);
    }
}
