package vini.forwarder.io;

/**
 * The window that a TCP socket of the kernel's advertises. It is exact by SO_RCVBUF of four times
 * its size on the listener, so that buffer overhead never shows, and TCP_WINDOW_CLAMP on the
 * accepted socket.
 */
public final class ReceiveWindow {
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_WINDOW_CLAMP = 10;

    private ReceiveWindow() {}

    /** Makes room for a window of a socket that neither listens nor connects yet; 0: any. */
    public static void make(int fd, int windowBytes) throws LibcException {
        if (windowBytes == 0) {
            return;
        }
        int bytes = (int) Math.min(4L * windowBytes, Integer.MAX_VALUE);
        try {
            Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, bytes);
        } catch (LibcException e) {
            if (e.errno() != Errno.EPERM) {
                throw e;
            }
            Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, bytes);
        }
    }

    /** Bounds what a socket advertises; 0: not at all. */
    public static void clamp(int fd, int windowBytes) throws LibcException {
        if (windowBytes > 0) {
            Libc.setsockopt(fd, IPPROTO_TCP, TCP_WINDOW_CLAMP, windowBytes);
        }
    }
}
