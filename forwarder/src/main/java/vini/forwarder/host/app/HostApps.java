package vini.forwarder.host.app;

import org.jspecify.annotations.Nullable;

import vini.forwarder.host.HostStack;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts the apps of one host by name, keeps their logs, and answers in text: what stands behind a
 * host's handlers.
 *
 * <p>Kinds and keywords (defaults in parentheses; times as {@code 100ms}, sizes as {@code 16KB}):
 *
 * <pre>
 * ping         DST, EVERY (1s), SIZE (56), TTL (64), AT (now), FOR (for ever)
 * send         DST, PORT (5001), SNDBUF (1MB), AT (now), FOR (for ever)
 * receive      PORT (5001), WINDOW (the host's choice), EVERY (1ms), CHECK (false)
 * udp-send     DST, PORT (5001), FLOW (0), RATE or PPS, SIZE (1400), EVERY (100ms), AT (now), FOR
 *              (for ever)
 * request      DST, PORT (5001), REQUEST (100), RESPONSE (10KB), EVERY or ATONCE, KEEP (false),
 *              PATIENCE (10s), AT (now), FOR (for ever)
 * respond      PORT (5001), REQUEST (100), RESPONSE (10KB)
 * trace        DST, EVERY (1s), AT (now), FOR (for ever)
 * udp-receive  PORT (5001), FLOW (0), EVERY (100ms), AT (now)
 * </pre>
 *
 * AT is in nanoseconds of the clock, so that apps of several processes start together.
 */
public final class HostApps {
    /** How many a host may have, those that have stopped but were not removed included. */
    public static final int APPS_MAX = 64;

    private static final int LINES_MAX = 4096;
    private static final int ID_MAX = 64;

    private final HostStack host;
    private final Map<String, HostApp> apps = new LinkedHashMap<>();
    private long started;

    public HostApps(HostStack host) {
        this.host = host;
    }

    /** Starts an app under a name like {@code ping-1}, which is returned. */
    public String start(String kind, String arguments) throws IOException {
        String id = kind + "-" + ++started;
        start(id, kind, arguments);
        return id;
    }

    /**
     * Starts an app.
     *
     * @param id how it will be called: letters, digits and hyphens, at most {@value #ID_MAX}
     * @throws IllegalArgumentException with a sentence for the user, if the arguments are wrong
     * @throws IOException if the host cannot (a port in use, too many apps)
     */
    public void start(String id, String kind, String arguments) throws IOException {
        if (!id.matches("[A-Za-z0-9-]{1," + ID_MAX + "}")) {
            throw new IllegalArgumentException("\"" + id + "\" is no name of an app");
        }
        if (apps.containsKey(id)) {
            throw new IOException("there is an app \"" + id + "\" already");
        }
        if (apps.size() >= APPS_MAX) {
            throw new IOException("there are " + APPS_MAX + " apps already: remove some");
        }
        AppArguments parsed = new AppArguments(kind, arguments);
        AppLog log = new AppLog(AppLog.CAPACITY);
        apps.put(id, make(kind, parsed, log));
    }

    private HostApp make(String kind, AppArguments arguments, AppLog log) throws IOException {
        return switch (kind) {
            case "ping" -> Pinger.of(host, arguments, log);
            case "receive" -> BulkReceiver.of(host, arguments, log);
            case "request" -> Requester.of(host, arguments, log);
            case "respond" -> Responder.of(host, arguments, log);
            case "send" -> BulkSender.of(host, arguments, log);
            case "trace" -> Tracer.of(host, arguments, log);
            case "udp-receive" -> DatagramReceiver.of(host, arguments, log);
            case "udp-send" -> DatagramSender.of(host, arguments, log);
            default ->
                    throw new IllegalArgumentException(
                            "\""
                                    + kind
                                    + "\" is no app: use ping, receive, request, respond, send,"
                                    + " trace, udp-receive or udp-send");
        };
    }

    /** Stops an app; its log can still be read. */
    public void stop(String id) {
        app(id).stop();
    }

    /** Stops an app and forgets its log. */
    public void remove(String id) {
        app(id).stop();
        apps.remove(id);
    }

    /** The ids of all apps, in the order in which they started. */
    public List<String> ids() {
        return List.copyOf(apps.keySet());
    }

    /** The records of an app, for who runs in the same process. */
    public AppLog records(String id) {
        return app(id).log();
    }

    /**
     * The log from record {@code from} on, at most {@value #LINES_MAX} records: a first line {@code
     * log FIRST NEXT LOST} (the number of the first record that follows, the number to ask for
     * next, how many were overwritten unread or not), then one record a line.
     */
    public String log(String id, long from) {
        AppLog log = app(id).log();
        long first = Math.max(Math.max(from, 0), log.lost());
        List<AppRecord> records = log.records(first, LINES_MAX);
        StringBuilder text = new StringBuilder("log ").append(first);
        text.append(' ').append(first + records.size()).append(' ').append(log.lost());
        for (AppRecord entry : records) {
            text.append('\n').append(entry.line());
        }
        return text.append('\n').toString();
    }

    /** Stops and forgets all. */
    public void close() {
        apps.values().forEach(HostApp::stop);
        apps.clear();
    }

    private HostApp app(String id) {
        @Nullable HostApp app = apps.get(id);
        if (app == null) {
            throw new IllegalArgumentException("there is no app \"" + id + "\" at this host");
        }
        return app;
    }
}
