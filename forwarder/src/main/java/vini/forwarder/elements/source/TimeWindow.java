package vini.forwarder.elements.source;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;

import java.util.function.Function;

/** From when and until when packets of a trace are wanted: START, START_AFTER, END, ... */
final class TimeWindow {
    private static final long NONE = -1;

    private long start = NONE;
    private long end = NONE;
    private long startAfter = NONE;
    private long endAfter = NONE;
    private long interval = NONE;

    /** The time of the trace's first packet. */
    private long first = NONE;

    /** All of the trace. */
    TimeWindow() {}

    static TimeWindow read(Arguments arguments) throws ConfigException {
        TimeWindow window = new TimeWindow();
        Function<String, Long> time = ArgumentTypes::nanos;
        window.start = arguments.keyword("START", time, NONE);
        window.startAfter = arguments.keyword("START_AFTER", time, NONE);
        window.end = arguments.keyword("END", time, NONE);
        window.endAfter = arguments.keyword("END_AFTER", time, NONE);
        window.interval = arguments.keyword("INTERVAL", time, NONE);
        if (count(window.start, window.startAfter) > 1) {
            throw new ConfigException("there can be one of START and START_AFTER");
        }
        if (count(window.end, window.endAfter, window.interval) > 1) {
            throw new ConfigException("there can be one of END, END_AFTER and INTERVAL");
        }
        return window;
    }

    private static int count(long... values) {
        int given = 0;
        for (long value : values) {
            given += value == NONE ? 0 : 1;
        }
        return given;
    }

    private static long sum(long a, long b) {
        return b > Long.MAX_VALUE - Math.max(0, a) ? Long.MAX_VALUE : a + b;
    }

    /** Hears of each packet's time; the first one counts. */
    void first(long nanos) {
        if (first != NONE || nanos == NONE) {
            return;
        }
        first = nanos;
        if (startAfter != NONE) {
            start = sum(nanos, startAfter);
        }
        if (endAfter != NONE) {
            end = sum(nanos, endAfter);
        }
    }

    /** What {@link #first} heard first; -1 if nothing yet. */
    long firstNanos() {
        return first;
    }

    /** Whether a packet of that time is too early. */
    boolean isBefore(long nanos) {
        return start != NONE && nanos < start;
    }

    /** Whether a packet that might be emitted comes before the end. */
    boolean isWithin(long nanos) {
        if (interval != NONE) {
            end = sum(nanos, interval);
            interval = NONE;
        }
        return end == NONE || nanos < end;
    }

    /** Puts the end off, if there is one. */
    void extend(long nanos) {
        if (end != NONE) {
            end = sum(end, nanos);
        }
    }
}
