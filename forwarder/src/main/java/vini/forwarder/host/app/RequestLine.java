package vini.forwarder.host.app;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.host.HostStack;
import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpEnd;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpSettings;
import vini.net.Ipv4Address;
import vini.time.Clock;
import vini.time.Timer;

import java.io.IOException;
import java.util.ArrayDeque;

/**
 * A connection over which requests go, one behind the other, and responses come in the same order.
 * If the oldest has no response in time, the connection is given up with all that wait.
 */
final class RequestLine implements TcpHandler {
    private static final TcpSettings SETTINGS = new TcpSettings(0, 1 << 20, true);

    /** Where to, and how much. */
    record Plan(
            Ipv4Address destination,
            int port,
            long requestBytes,
            long responseBytes,
            long patienceNanos) {}

    /** Hears what becomes of requests. */
    interface Listener {
        /** A response is there, or never will be. */
        void ended(RequestLine line, Exchange exchange);

        /** The connection is made. */
        void connected(TcpConnection connection);
    }

    private record Waiting(long sequence, long startNanos) {}

    private final Clock clock;
    private final Plan plan;
    private final Listener listener;
    private final Pattern pattern;
    private final Timer patience;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final long madeNanos;
    private @Nullable TcpConnection connection;
    private long connectNanos;
    private long asked;
    private long written;
    private long received;
    private boolean connected;
    private boolean over;

    /** Begins to connect. */
    RequestLine(HostStack host, Plan plan, Pattern pattern, Listener listener) throws IOException {
        this.clock = host.clock();
        this.plan = plan;
        this.pattern = pattern;
        this.listener = listener;
        this.madeNanos = clock.nowNanos();
        this.patience = clock.timer(this::giveUp);
        this.connection = host.connect(plan.destination(), plan.port(), this, SETTINGS);
    }

    /** Whether nothing more can be asked here. */
    boolean isOver() {
        return over;
    }

    /** Asks. */
    void ask(long sequence) {
        waiting.add(new Waiting(sequence, clock.nowNanos()));
        asked += plan.requestBytes();
        awaitFirst();
        write();
    }

    private void awaitFirst() {
        Waiting first = waiting.peek();
        if (first == null) {
            patience.cancel();
        } else {
            patience.at(first.startNanos() + plan.patienceNanos());
        }
    }

    private void write() {
        TcpConnection tcp = connection;
        while (connected && tcp != null && written < asked) {
            ByteBuf data = pattern.from(written);
            int wanted = (int) Math.min(data.readableBytes(), asked - written);
            int taken = tcp.write(data.writerIndex(data.readerIndex() + wanted));
            written += taken;
            if (taken < wanted) {
                return;
            }
        }
    }

    @Override
    public void connected(TcpConnection tcp) {
        connection = tcp;
        connected = true;
        connectNanos = clock.nowNanos() - madeNanos;
        listener.connected(tcp);
        write();
    }

    @Override
    public void writable(TcpConnection tcp) {
        write();
    }

    @Override
    public void received(TcpConnection tcp, ByteBuf data) {
        received += data.readableBytes();
        while (received >= plan.responseBytes() && !waiting.isEmpty()) {
            received -= plan.responseBytes();
            end("");
        }
        if (!over) {
            awaitFirst();
        }
    }

    private void end(String failure) {
        Waiting first = waiting.remove();
        long connecting = connectNanos;
        connectNanos = 0; // only the first had to wait for it
        listener.ended(
                this,
                new Exchange(
                        first.sequence(),
                        first.startNanos(),
                        clock.nowNanos(),
                        connecting,
                        failure));
    }

    private void giveUp() {
        fail(connected ? "no response in time" : "no connection in time");
        close();
    }

    private void fail(String failure) {
        over = true;
        patience.cancel();
        while (!waiting.isEmpty()) {
            end(failure);
        }
    }

    @Override
    public void peerClosed(TcpConnection tcp) {
        if (!over) {
            fail("closed by peer");
            close();
        }
    }

    @Override
    public void closed(TcpConnection tcp, TcpEnd how) {
        connection = null;
        if (!over) {
            fail(how.toString());
        }
    }

    /** Sends FIN when all is done; nothing more is said of it. */
    void finish() {
        over = true;
        patience.cancel();
        if (connection != null) {
            connection.close();
        }
    }

    /** Ends it at once; requests that wait are forgotten. */
    void close() {
        over = true;
        patience.cancel();
        waiting.clear();
        if (connection != null) {
            connection.abort();
        }
    }
}
