package vini.forwarder;

import org.jspecify.annotations.Nullable;

import vini.forwarder.capture.Capture;
import vini.forwarder.capture.CaptureOrder;
import vini.forwarder.filter.FilterException;
import vini.forwarder.lang.GraphText;
import vini.time.Clock;

import java.util.Map;
import java.util.TreeMap;

/**
 * The captures of a process, by name: puts their taps where packets go by. Used on the first loop
 * while all stand still. A graph without a capture has no taps, so that it costs nothing then.
 */
final class Captures {
    private final Clock clock;
    private final Map<String, Capture> all = new TreeMap<>();

    Captures(Clock clock) {
        this.clock = clock;
    }

    /**
     * Begins a capture, in place of one of that name.
     *
     * @param text its name in the first line, then the order
     */
    void begin(String text) throws HandlerException {
        int end = text.indexOf('\n');
        String name = text.substring(0, Math.max(0, end)).strip();
        if (name.isEmpty()) {
            throw new HandlerException("write a name, and the order in the lines after it");
        }
        if (all.size() == Capture.MOST && !all.containsKey(name)) {
            throw new HandlerException("there are " + Capture.MOST + " captures already");
        }
        try {
            CaptureOrder order = CaptureOrder.parse(text.substring(end + 1));
            all.put(name, new Capture(order, clock.nowNanos()));
        } catch (FilterException e) {
            throw new HandlerException("filter: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new HandlerException(String.valueOf(e.getMessage()));
        }
    }

    /** Ends the capture of that name, if there is one. */
    void end(String name) {
        all.remove(name.strip());
    }

    /** What the capture of that name has written down since the last time. */
    String fetch(String name) throws HandlerException {
        Capture capture = all.get(name.strip());
        if (capture == null) {
            throw new HandlerException("there is no capture '" + name.strip() + "'");
        }
        return capture.fetch(clock.nowNanos());
    }

    boolean areNone() {
        return all.isEmpty();
    }

    /** Puts the taps of all captures in a graph, in place of those that it had. */
    void watch(Graph graph) {
        for (GraphText.Connection connection : graph.connections()) {
            Tap tap = null;
            for (Capture capture : all.values()) {
                tap = Tap.both(tap, tap(capture, graph, connection));
            }
            graph.watch(connection, tap);
        }
        graph.ledger().watch((element, reason) -> dropTap(graph, element, reason));
    }

    private static @Nullable Tap tap(
            Capture capture, Graph graph, GraphText.Connection connection) {
        Tap tap = null;
        for (int point : capture.pointsOf(graph.name())) {
            if (capture.point(point).sees(connection.from(), connection.to())) {
                tap = Tap.both(tap, tap(capture, point, 0, graph));
            }
        }
        return tap;
    }

    private @Nullable Tap dropTap(Graph graph, String element, String reason) {
        Tap tap = null;
        for (Capture capture : all.values()) {
            for (int point : capture.pointsOf(graph.name())) {
                if (capture.point(point).seesDrops(element)) {
                    int number = capture.reason(graph.name() + "/" + element, reason);
                    tap = Tap.both(tap, tap(capture, point, number, graph));
                }
            }
        }
        return tap;
    }

    private static Tap tap(Capture capture, int point, int reason, Graph graph) {
        Clock clock = graph.loop().clock();
        return packet -> capture.take(clock.nowNanos(), point, reason, packet);
    }
}
