package vini.forwarder.elements.measure;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.elements.standard.Timestamps;

/**
 * Passes packets on unchanged and remembers the earliest and the latest of their timestamps. SIMPLE
 * true says that timestamps come in order, so that the first packet has the earliest (default
 * false).
 *
 * <pre>{@code
 * FromDump(trace.pcap, STOP true) -> r :: TimeRange -> Discard;
 * }</pre>
 *
 * <p>Handlers: {@code first}, {@code last} (read: seconds since 1970, 0.0 before a packet came),
 * {@code range} (read: both), {@code interval} (read: the seconds between them), {@code reset}
 * (write).
 */
@AutoService(Element.class)
@ElementClass(name = "TimeRange")
public final class TimeRange extends Element {
    private boolean simple;
    private boolean seen;
    private long firstNanos;
    private long lastNanos;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        simple = arguments.keyword("SIMPLE", ArgumentTypes::bool, false);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        long time = packet.timestampNanos();
        if (!seen) {
            seen = true;
            firstNanos = time;
            lastNanos = time;
        } else if (simple) {
            lastNanos = time;
        } else {
            firstNanos = Math.min(firstNanos, time);
            lastNanos = Math.max(lastNanos, time);
        }
        return packet;
    }

    private String text(long nanos) {
        return seen ? Timestamps.text(nanos) : "0.0";
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("first", () -> text(firstNanos)).read("last", () -> text(lastNanos));
        handlers.read("range", () -> text(firstNanos) + " " + text(lastNanos));
        handlers.read("interval", () -> text(lastNanos - firstNanos));
        handlers.write("reset", value -> seen = false);
    }

    @Override
    protected void takeState(Element old) {
        TimeRange other = (TimeRange) old;
        seen = other.seen;
        firstNanos = other.firstNanos;
        lastNanos = other.lastNanos;
    }
}
