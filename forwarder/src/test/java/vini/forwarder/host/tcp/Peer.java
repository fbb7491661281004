package vini.forwarder.host.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpEnd;
import vini.forwarder.host.TcpHandler;
import vini.time.Clock;

import java.util.ArrayList;
import java.util.List;

/** A program of the tests at one end: sends so many bytes of a pattern, and checks what it gets. */
final class Peer implements TcpHandler {
    private static final int PRIME = 257;

    private final Clock clock;
    private final long toSend;
    private final boolean thenShutdown;
    private long written;
    final List<String> events = new ArrayList<>();
    final List<long[]> arrivals = new ArrayList<>();
    long received;
    boolean corrupt;
    @Nullable TcpConnection connection;

    Peer(Clock clock, long toSend, boolean thenShutdown) {
        this.clock = clock;
        this.toSend = toSend;
        this.thenShutdown = thenShutdown;
    }

    private static byte at(long offset) {
        return (byte) (offset % PRIME);
    }

    TcpConnection connection() {
        if (connection == null) {
            throw new IllegalStateException("not connected");
        }
        return connection;
    }

    void abort() {
        if (connection != null) {
            connection.abort();
        }
    }

    @Override
    public void connected(TcpConnection tcp) {
        connection = tcp;
        events.add("connected");
        writable(tcp);
    }

    @Override
    public void writable(TcpConnection tcp) {
        while (written < toSend) {
            int size = (int) Math.min(10_000, toSend - written);
            ByteBuf data = Unpooled.buffer(size);
            for (int i = 0; i < size; i++) {
                data.writeByte(at(written + i));
            }
            int taken = tcp.write(data);
            written += taken;
            if (taken < size) {
                return;
            }
        }
        if (thenShutdown) {
            tcp.shutdown();
        }
    }

    @Override
    public void received(TcpConnection tcp, ByteBuf data) {
        for (int i = data.readerIndex(); i < data.writerIndex(); i++) {
            corrupt |= data.getByte(i) != at(received++);
        }
        arrivals.add(new long[] {clock.nowNanos(), received});
    }

    @Override
    public void peerClosed(TcpConnection tcp) {
        events.add("peer closed");
        if (thenShutdown) {
            tcp.shutdown();
        }
    }

    @Override
    public void closed(TcpConnection tcp, TcpEnd end) {
        events.add(end.toString());
    }

    /** Bytes that arrived in (from, to]. */
    long receivedBetween(long from, long to) {
        return receivedBy(to) - receivedBy(from);
    }

    private long receivedBy(long nanos) {
        long bytes = 0;
        for (long[] arrival : arrivals) {
            if (arrival[0] <= nanos) {
                bytes = arrival[1];
            }
        }
        return bytes;
    }
}
