package vini.forwarder.host.app;

import io.netty.buffer.ByteBuf;

import vini.forwarder.host.HostStack;
import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpEnd;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpListener;
import vini.net.Ipv4Address;
import vini.time.Clock;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Answers each so many bytes that come by a connection with so many others. */
public final class Responder implements HostApp {
    private static final int CONNECTIONS_MAX = 1024;

    private final Clock clock;
    private final AppLog log;
    private final long requestBytes;
    private final long responseBytes;
    private final Pattern pattern = new Pattern();
    private final TcpListener listener;
    private final Set<Peer> peers = new LinkedHashSet<>();
    private long answered;
    private boolean stopped;

    Responder(HostStack host, int port, long requestBytes, long responseBytes, AppLog log)
            throws IOException {
        this.clock = host.clock();
        this.log = log;
        this.requestBytes = requestBytes;
        this.responseBytes = responseBytes;
        this.listener = host.listen(port, 0, this::accept);
    }

    /** Keywords PORT (5001), REQUEST (100), RESPONSE (10KB). */
    static Responder of(HostStack host, AppArguments arguments, AppLog log) throws IOException {
        int port = (int) arguments.number("PORT", 5001, 65535);
        long request = arguments.bytes("REQUEST", Requester.REQUEST_BYTES, Requester.BYTES_MAX);
        long response = arguments.bytes("RESPONSE", Requester.RESPONSE_BYTES, Requester.BYTES_MAX);
        arguments.end();
        return new Responder(host, port, Math.max(1, request), Math.max(1, response), log);
    }

    private TcpHandler accept(Ipv4Address from, int port) {
        if (stopped || peers.size() >= CONNECTIONS_MAX) {
            return new TcpHandler() {
                @Override
                public void connected(TcpConnection connection) {
                    connection.abort();
                }
            };
        }
        Peer peer = new Peer();
        peers.add(peer);
        return peer;
    }

    /** One connection. */
    private final class Peer implements TcpHandler {
        private TcpConnection connection;
        private long received;
        private long owed;
        private long written;
        private boolean finished;

        @SuppressWarnings("NullAway.Init") // connected comes first
        Peer() {}

        @Override
        public void connected(TcpConnection tcp) {
            connection = tcp;
        }

        @Override
        public void received(TcpConnection tcp, ByteBuf data) {
            received += data.readableBytes();
            long requests = received / requestBytes;
            received -= requests * requestBytes;
            owed += requests * responseBytes;
            answered += requests;
            writable(tcp);
        }

        @Override
        public void writable(TcpConnection tcp) {
            while (written < owed) {
                ByteBuf data = pattern.from(written);
                int wanted = (int) Math.min(data.readableBytes(), owed - written);
                int taken = tcp.write(data.writerIndex(data.readerIndex() + wanted));
                written += taken;
                if (taken < wanted) {
                    return;
                }
            }
            if (finished) {
                finished = false;
                tcp.shutdown();
            }
        }

        @Override
        public void peerClosed(TcpConnection tcp) {
            finished = true;
            writable(tcp);
        }

        @Override
        public void closed(TcpConnection tcp, TcpEnd end) {
            peers.remove(this);
        }
    }

    @Override
    public AppLog log() {
        return log;
    }

    @Override
    public void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        listener.close();
        for (Peer peer : List.copyOf(peers)) {
            if (peer.connection != null) {
                peer.connection.abort();
            }
        }
        log.add(new AppRecord.State(clock.nowNanos(), "answered " + answered));
    }
}
