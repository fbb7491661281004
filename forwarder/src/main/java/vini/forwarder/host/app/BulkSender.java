package vini.forwarder.host.app;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.host.Congestion;
import vini.forwarder.host.HostStack;
import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpEnd;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpSettings;
import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;
import vini.time.Timer;

import java.io.IOException;

/**
 * Connects and sends as fast as TCP lets it, until its end or until it is stopped; then it closes.
 * It does not connect again: if the connection dies, the log says when and how.
 */
public final class BulkSender implements HostApp, TcpHandler {
    private final HostStack host;
    private final Ipv4Address destination;
    private final int port;
    private final TcpSettings settings;
    private final AppLog log;
    private final Pattern pattern = new Pattern();
    private final Timer start;
    private final Timer end;
    private @Nullable TcpConnection connection;
    private long written;
    private boolean ended;
    private boolean over;

    /** Connects at the time's start. */
    public BulkSender(
            HostStack host,
            Ipv4Address destination,
            int port,
            TcpSettings settings,
            AppTime time,
            AppLog log) {
        this.host = host;
        this.destination = destination;
        this.port = port;
        this.settings = settings;
        this.log = log;
        this.start = host.clock().timer(this::connect);
        this.end = host.clock().timer(this::finish);
        start.at(time.startNanos());
        if (time.endNanos() != Long.MAX_VALUE) {
            end.at(time.endNanos());
        }
    }

    /** Keywords DST, PORT (5001), SNDBUF (1MB), CONGESTION (the host's choice), AT, FOR. */
    static BulkSender of(HostStack host, AppArguments arguments, AppLog log) {
        Ipv4Address destination = arguments.address("DST");
        int port = (int) arguments.number("PORT", 5001, 65535);
        int buffer = (int) arguments.bytes("SNDBUF", 1 << 20, 1 << 28);
        String control = arguments.word("CONGESTION");
        Congestion congestion = control.isEmpty() ? null : Congestion.of(control);
        AppTime time = AppTime.of(arguments, host.clock());
        arguments.end();
        TcpSettings settings = new TcpSettings(0, buffer, true, congestion);
        return new BulkSender(host, destination, port, settings, time, log);
    }

    private void connect() {
        try {
            state("connecting to " + destination + " port " + port);
            connection = host.connect(destination, port, this, settings);
        } catch (IOException e) {
            over = true;
            end.cancel();
            state("failed: " + e.getMessage());
        }
    }

    @Override
    public void connected(TcpConnection tcp) {
        state("connected");
        int ports = tcp.localPort() << 16 | port;
        log.add(AppRecord.flow(host.clock().nowNanos(), Ipv4Header.TCP, ports));
        writable(tcp);
    }

    @Override
    public void writable(TcpConnection tcp) {
        while (!ended) {
            ByteBuf data = pattern.from(written);
            int wanted = data.readableBytes();
            int taken = tcp.write(data);
            written += taken;
            if (taken < wanted) {
                return;
            }
        }
    }

    @Override
    public void peerClosed(TcpConnection tcp) {
        state("peer closed");
    }

    @Override
    public void closed(TcpConnection tcp, TcpEnd how) {
        over = true;
        end.cancel();
        state(how + ", " + tcp.acknowledgedBytes() + " of " + written + " bytes acknowledged");
    }

    /** Stops writing; what is in the buffer still goes out, then FIN. */
    private void finish() {
        if (!ended) {
            ended = true;
            state("finishing after " + written + " bytes");
            if (connection != null) {
                connection.shutdown();
            }
        }
    }

    @Override
    public AppLog log() {
        return log;
    }

    @Override
    public void stop() {
        start.cancel();
        end.cancel();
        ended = true;
        if (connection != null && !over) {
            connection.abort();
        }
    }

    private void state(String text) {
        log.add(new AppRecord.State(host.clock().nowNanos(), text));
    }
}
