package vini.forwarder.elements.egress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpEnd;
import vini.forwarder.host.TcpHandler;

/**
 * Two TCP connections made one: what comes by either leaves by the other, in order and nothing
 * twice. Who is not read from fast enough is not written to, either: the one side is paused while
 * the other has no room, so that no more than one piece waits here for each direction. A FIN goes
 * on behind all bytes before it, and whatever else ends one connection resets the other.
 *
 * <p>It owns no thread and no clock; both connections call it on the same thread.
 */
final class Splice {
    /** Hears what becomes of it. */
    interface Listener {
        /** Bytes were taken from the inside. */
        void carriedOut(int bytes);

        /** Bytes were taken from the outside. */
        void carriedIn(int bytes);

        /** The outside is connected; the inside can be answered. */
        void connected();

        /** The outside has ended before it was connected; nothing else follows. */
        void notConnected(TcpEnd why);

        /** Both connections are over; nothing else follows. */
        void over();
    }

    private final Listener listener;
    private final End inside = new End();
    private final End outside = new End();
    private boolean isConnected;
    private boolean isOver;

    Splice(Listener listener) {
        this.listener = listener;
        inside.other = outside;
        outside.other = inside;
    }

    /** What the connection into the slice calls. */
    TcpHandler inside() {
        return inside;
    }

    /** What the connection to the outside calls. */
    TcpHandler outside() {
        return outside;
    }

    /** The connection into the slice begins, and is perhaps not answered yet. */
    void insideBegins(TcpConnection connection) {
        inside.connection = connection;
    }

    /** The connection to the outside begins. */
    void outsideBegins(TcpConnection connection) {
        outside.connection = connection;
    }

    /** Ends both by resets, without a word to the listener. */
    void abort() {
        isOver = true;
        inside.abort();
        outside.abort();
    }

    /** Whether a direction is closed while the other is open, or both are. */
    boolean isClosing() {
        return inside.hasFinished || outside.hasFinished;
    }

    /** Whether the outside has answered. */
    boolean isConnected() {
        return isConnected;
    }

    private void over() {
        if (!isOver) {
            isOver = true;
            listener.over();
        }
    }

    private final class End implements TcpHandler {
        @SuppressWarnings("NullAway.Init") // set by the splice, once
        private End other;

        private @Nullable TcpConnection connection;

        /** What the other end has read and this connection had no room for. */
        private @Nullable ByteBuf waiting;

        /** Whether its peer sends no more. */
        private boolean hasFinished;

        private boolean hasEnded;

        @Override
        public void connected(TcpConnection made) {
            if (this == outside) {
                isConnected = true;
                made.pause(); // what its peer says first waits until the inside can hear it
                listener.connected();
                return;
            }
            writable(made);
            if (waiting == null && other.connection != null) {
                other.connection.resume();
            }
        }

        @Override
        public void received(TcpConnection from, ByteBuf data) {
            int bytes = data.readableBytes();
            if (this == inside) {
                listener.carriedOut(bytes);
            } else {
                listener.carriedIn(bytes);
            }
            if (!other.give(data)) {
                from.pause();
            }
        }

        /** Sends what it can and keeps the rest; whether all is gone. */
        private boolean give(ByteBuf data) {
            if (hasEnded) {
                return true; // a reset is on its way to who sends
            }
            if (waiting != null) {
                waiting.writeBytes(data);
                return false;
            }
            if (connection != null) {
                connection.write(data);
            }
            if (!data.isReadable()) {
                return true;
            }
            waiting = Unpooled.buffer(data.readableBytes()).writeBytes(data);
            return false;
        }

        @Override
        public void writable(TcpConnection to) {
            ByteBuf rest = waiting;
            if (rest != null) {
                to.write(rest);
                if (rest.isReadable()) {
                    return;
                }
                waiting = null;
                if (other.connection != null && !other.hasEnded) {
                    other.connection.resume();
                }
            }
            finish();
        }

        /** Passes a FIN on, when all before it is gone. */
        private void finish() {
            if (other.hasFinished && waiting == null && connection != null && !hasEnded) {
                connection.shutdown();
            }
        }

        @Override
        public void peerClosed(TcpConnection from) {
            hasFinished = true;
            other.finish();
        }

        @Override
        public void closed(TcpConnection from, TcpEnd how) {
            hasEnded = true;
            waiting = null;
            if (Splice.this.isOver) {
                return;
            }
            if (this == outside && !isConnected) {
                Splice.this.isOver = true;
                listener.notConnected(how);
                return;
            }
            boolean isWhole = how == TcpEnd.CLOSED && hasFinished && other.hasFinished;
            if (!isWhole) {
                other.abort();
            }
            if (other.hasEnded) {
                over();
            }
        }

        private void abort() {
            if (connection != null && !hasEnded) {
                connection.abort();
            }
            hasEnded = true;
        }
    }
}
