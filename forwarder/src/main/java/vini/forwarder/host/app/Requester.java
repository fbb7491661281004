package vini.forwarder.host.app;

import org.jspecify.annotations.Nullable;

import vini.forwarder.host.HostStack;
import vini.forwarder.host.TcpConnection;
import vini.net.wire.Ipv4Header;
import vini.time.Clock;
import vini.time.Timer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends requests to a {@link Responder} and records how long each response takes: either one at
 * each moment start + k x interval, whatever became of those before, or so many at a time, each
 * followed by the next one when its response is there. With a connection for each, or with one that
 * is kept for all that go one after the other.
 */
public final class Requester implements HostApp, RequestLine.Listener {
    static final long REQUEST_BYTES = 100;
    static final long RESPONSE_BYTES = 10 * 1024;
    static final long BYTES_MAX = 1L << 30;

    private static final long PATIENCE_NANOS = 10_000_000_000L;

    /** Requests that may wait for their responses; further ones fail at once. */
    private static final int WAITING_MAX = 1000;

    /** After a failure the next of several at a time waits so long. */
    private static final long PAUSE_NANOS = 100_000_000L;

    /**
     * When to ask.
     *
     * @param everyNanos 0: as many at a time as {@code atOnce} says
     * @param keep whether a connection serves for many requests
     */
    record Rhythm(long everyNanos, int atOnce, boolean keep) {}

    private final HostStack host;
    private final Clock clock;
    private final RequestLine.Plan plan;
    private final Rhythm rhythm;
    private final AppTime time;
    private final AppLog log;
    private final Pattern pattern = new Pattern();
    private final List<RequestLine> lines = new ArrayList<>();
    private final Timer next;
    private final Timer again;
    private int paused;
    private long sequence;
    private long waiting;
    private boolean flowSaid;
    private boolean stopped;

    Requester(HostStack host, RequestLine.Plan plan, Rhythm rhythm, AppTime time, AppLog log) {
        this.host = host;
        this.clock = host.clock();
        this.plan = plan;
        this.rhythm = rhythm;
        this.time = time;
        this.log = log;
        this.next = clock.timer(this::begin);
        this.again = clock.timer(this::resume);
        if (time.startNanos() < time.endNanos()) {
            next.at(time.startNanos());
        }
    }

    /**
     * Keywords DST, PORT (5001), REQUEST (100), RESPONSE (10KB), EVERY or ATONCE, KEEP (false),
     * PATIENCE (10s), AT, FOR.
     */
    static Requester of(HostStack host, AppArguments arguments, AppLog log) {
        RequestLine.Plan plan =
                new RequestLine.Plan(
                        arguments.address("DST"),
                        (int) arguments.number("PORT", 5001, 65535),
                        Math.max(1, arguments.bytes("REQUEST", REQUEST_BYTES, BYTES_MAX)),
                        Math.max(1, arguments.bytes("RESPONSE", RESPONSE_BYTES, BYTES_MAX)),
                        arguments.nanos("PATIENCE", PATIENCE_NANOS));
        long every = arguments.nanos("EVERY", 0);
        int atOnce = (int) arguments.number("ATONCE", 0, WAITING_MAX);
        boolean keep = arguments.flag("KEEP");
        AppTime time = AppTime.of(arguments, host.clock());
        arguments.end();
        if ((every > 0) == (atOnce > 0)) {
            throw new IllegalArgumentException("request: one of EVERY and ATONCE must be given");
        }
        return new Requester(host, plan, new Rhythm(every, atOnce, keep), time, log);
    }

    private void begin() {
        if (rhythm.everyNanos() == 0) {
            for (int i = 0; i < rhythm.atOnce(); i++) {
                ask(null);
            }
            return;
        }
        long due = time.startNanos() + sequence * rhythm.everyNanos();
        if (due < time.endNanos()) {
            ask(lines.isEmpty() || !rhythm.keep() ? null : lines.getFirst());
            next.at(time.startNanos() + sequence * rhythm.everyNanos());
        }
    }

    /**
     * Sends the next request.
     *
     * @param kept the connection to send it over; null or over: a new one
     */
    private void ask(@Nullable RequestLine kept) {
        long number = sequence++;
        long now = clock.nowNanos();
        if (waiting >= WAITING_MAX) {
            log.add(new Exchange(number, now, now, 0, WAITING_MAX + " wait already"));
            return;
        }
        try {
            RequestLine line =
                    kept == null || kept.isOver()
                            ? new RequestLine(host, plan, pattern, this)
                            : kept;
            if (!line.equals(kept)) {
                lines.add(line);
            }
            waiting++;
            line.ask(number);
        } catch (IOException e) {
            log.add(new Exchange(number, now, now, 0, String.valueOf(e.getMessage())));
            pause();
        }
    }

    @Override
    public void connected(TcpConnection connection) {
        if (!flowSaid) {
            flowSaid = true;
            int ports = connection.localPort() << 16 | plan.port();
            log.add(AppRecord.flow(clock.nowNanos(), Ipv4Header.TCP, ports));
        }
    }

    @Override
    public void ended(RequestLine line, Exchange exchange) {
        log.add(exchange);
        waiting--;
        boolean failed = !exchange.failure().isEmpty();
        if (failed || !rhythm.keep()) {
            lines.remove(line);
            if (!failed) {
                line.finish();
            }
        }
        if (rhythm.everyNanos() > 0 || stopped) {
            return;
        }
        if (failed) {
            pause();
        } else if (clock.nowNanos() < time.endNanos()) {
            ask(rhythm.keep() ? line : null);
        }
    }

    /** One of several at a time goes on a little later. */
    private void pause() {
        if (rhythm.everyNanos() == 0) {
            paused++;
            again.after(PAUSE_NANOS);
        }
    }

    private void resume() {
        int some = paused;
        paused = 0;
        for (int i = 0; i < some && !stopped && clock.nowNanos() < time.endNanos(); i++) {
            ask(null);
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
            next.cancel();
            again.cancel();
            List.copyOf(lines).forEach(RequestLine::close);
            lines.clear();
            log.add(new AppRecord.State(clock.nowNanos(), "asked " + sequence));
        }
    }
}
