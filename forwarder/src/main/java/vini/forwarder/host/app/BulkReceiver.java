package vini.forwarder.host.app;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.host.HostStack;
import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpEnd;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpListener;
import vini.forwarder.host.TcpSettings;
import vini.time.Clock;
import vini.time.Timer;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Listens and records how many bytes have arrived by when, over all connections to it. A record has
 * the time of its last arrival; arrivals closer to the previous record than the resolution share
 * one.
 */
public final class BulkReceiver implements HostApp {
    private static final int CONNECTIONS_MAX = 64;

    private final Clock clock;
    private final AppLog log;
    private final long resolutionNanos;
    private final boolean check;
    private final Pattern pattern = new Pattern();
    private final TcpListener listener;
    private final Timer flush;
    private final Set<Flow> flows = new LinkedHashSet<>();
    private long cumulative;
    private long recorded;
    private long recordedNanos;
    private long arrivedNanos;
    private boolean stopped;

    /**
     * Listens from now on.
     *
     * @param windowBytes as in {@link HostStack#listen}
     * @param resolutionNanos 0 records each arrival
     * @param check compares the content with what {@link BulkSender} sends
     */
    public BulkReceiver(
            HostStack host,
            int port,
            int windowBytes,
            long resolutionNanos,
            boolean check,
            AppLog log)
            throws IOException {
        this.clock = host.clock();
        this.log = log;
        this.resolutionNanos = resolutionNanos;
        this.check = check;
        this.recordedNanos = clock.nowNanos() - resolutionNanos;
        this.flush = clock.timer(this::write);
        this.listener = host.listen(port, windowBytes, (from, fromPort) -> new Flow());
        state("listening on port " + listener.port());
    }

    /** Keywords PORT (5001), WINDOW (the host's choice), EVERY (1ms), CHECK (false). */
    static BulkReceiver of(HostStack host, AppArguments arguments, AppLog log) throws IOException {
        int port = (int) arguments.number("PORT", 5001, 65535);
        int window = (int) arguments.bytes("WINDOW", 0, TcpSettings.WINDOW_MAX);
        long resolution = arguments.nanos("EVERY", 1_000_000L);
        boolean check = arguments.flag("CHECK");
        arguments.end();
        return new BulkReceiver(host, port, window, resolution, check, log);
    }

    /** The port, also if it was chosen by the host. */
    public int port() {
        return listener.port();
    }

    private void arrived(int bytes) {
        cumulative += bytes;
        arrivedNanos = clock.nowNanos();
        if (arrivedNanos - recordedNanos >= resolutionNanos) {
            write();
        } else if (!flush.isSet()) {
            flush.at(recordedNanos + resolutionNanos);
        }
    }

    private void write() {
        flush.cancel();
        if (cumulative > recorded) {
            log.add(new AppRecord.Bytes(arrivedNanos, cumulative));
            recorded = cumulative;
            recordedNanos = arrivedNanos;
        }
    }

    @Override
    public AppLog log() {
        return log;
    }

    @Override
    public void stop() {
        if (!stopped) {
            stopped = true;
            listener.close();
            for (Flow flow : List.copyOf(flows)) {
                flow.abort();
            }
            write();
            state("stopped after " + cumulative + " bytes");
        }
    }

    private void state(String text) {
        log.add(new AppRecord.State(clock.nowNanos(), text));
    }

    private final class Flow implements TcpHandler {
        private long offset;
        private boolean sound = true;
        private @Nullable TcpConnection connection;

        @Override
        public void connected(TcpConnection tcp) {
            connection = tcp;
            if (stopped || flows.size() >= CONNECTIONS_MAX) {
                tcp.abort();
                return;
            }
            flows.add(this);
            state("connected from " + tcp.remoteAddress() + " port " + tcp.remotePort());
        }

        void abort() {
            if (connection != null) {
                connection.abort();
            }
        }

        @Override
        public void received(TcpConnection tcp, ByteBuf data) {
            if (check && sound && !pattern.matches(data, offset)) {
                sound = false;
                state("corrupt content after byte " + offset);
            }
            offset += data.readableBytes();
            arrived(data.readableBytes());
        }

        @Override
        public void peerClosed(TcpConnection tcp) {
            write();
            state("peer closed after " + offset + " bytes");
            tcp.shutdown();
        }

        @Override
        public void closed(TcpConnection tcp, TcpEnd end) {
            flows.remove(this);
            state(end.toString());
        }
    }
}
