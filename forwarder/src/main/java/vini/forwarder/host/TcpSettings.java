package vini.forwarder.host;

import org.jspecify.annotations.Nullable;

/**
 * What a caller may choose for its connection.
 *
 * @param windowBytes the receive window that is advertised, or 0 for the host's own choice
 * @param sendBufferBytes how much {@link TcpConnection#write} takes before the peer acknowledges
 * @param noDelay sends small segments at once (no Nagle, RFC 9293 3.7.4)
 * @param congestion null for the host's own choice: CUBIC if it is a builtin one
 */
public record TcpSettings(
        int windowBytes, int sendBufferBytes, boolean noDelay, @Nullable Congestion congestion) {
    public static final int WINDOW_MAX = 1 << 26;
    public static final TcpSettings DEFAULT = new TcpSettings(0, 1 << 20, false);

    /** With the host's own congestion control. */
    public TcpSettings(int windowBytes, int sendBufferBytes, boolean noDelay) {
        this(windowBytes, sendBufferBytes, noDelay, null);
    }

    public TcpSettings {
        checkWindow(windowBytes);
        if (sendBufferBytes < 1) {
            throw new IllegalArgumentException("a send buffer of " + sendBufferBytes + " bytes");
        }
    }

    static void checkWindow(int bytes) {
        if (bytes < 0 || bytes > WINDOW_MAX) {
            throw new IllegalArgumentException(
                    "a window of " + bytes + " bytes: use 1-" + WINDOW_MAX + ", or 0 for any");
        }
    }
}
