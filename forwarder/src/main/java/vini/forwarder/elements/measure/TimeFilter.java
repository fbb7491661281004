package vini.forwarder.elements.measure;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.HandlerCall;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.elements.standard.Timestamps;

/**
 * Passes packets on whose timestamp is in a range: not before its start, and before its end. The
 * others leave by output 1, or are dropped if there is no such output. All times are seconds, or
 * have a unit.
 *
 * <ul>
 *   <li>START, START_AFTER or START_DELAY: the start, as a time since 1970, after the first
 *       packet's timestamp, or after the graph has started (without one of them: no start)
 *   <li>END, END_AFTER or END_DELAY: the end in the same way, or INTERVAL: the end seen from the
 *       start (without one of them: no end)
 *   <li>STOP: whether to stop the run at the first packet beyond the end (default false)
 *   <li>END_CALL: {@code HANDLER [VALUE]}, a handler to write at the first packet beyond the end;
 *       in VALUE, {@code $t} is that packet's timestamp. When it has extended the range, the packet
 *       passes, and there will be another call
 * </ul>
 *
 * <p>START and END may be given as first and second argument.
 *
 * <pre>{@code
 * FromDump(trace.pcap) -> TimeFilter(START_AFTER 10s, INTERVAL 1min, STOP true) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code start}, {@code end}, {@code interval} (read, write), {@code extend_interval}
 * (write: moves the end by that time).
 */
@AutoService(Element.class)
@ElementClass(name = "TimeFilter", ports = "1/1-2", processing = "a/ah", drops = "outsideTime")
public final class TimeFilter extends Element {
    private static final long NOT_GIVEN = -1;

    private long startNanos = Long.MIN_VALUE;
    private long endNanos = Long.MAX_VALUE;
    private long startAfter = NOT_GIVEN;
    private long startDelay = NOT_GIVEN;
    private long endAfter = NOT_GIVEN;
    private long endDelay = NOT_GIVEN;
    private long interval = NOT_GIVEN;
    private boolean stop;
    private String call = "";

    /** Whether the first packet has come, which decides what is relative to it. */
    private boolean begun;

    private boolean ended;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter outsideTime;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        startAfter = arguments.keyword("START_AFTER", ArgumentTypes::nanos, NOT_GIVEN);
        startDelay = arguments.keyword("START_DELAY", ArgumentTypes::nanos, NOT_GIVEN);
        endAfter = arguments.keyword("END_AFTER", ArgumentTypes::nanos, NOT_GIVEN);
        endDelay = arguments.keyword("END_DELAY", ArgumentTypes::nanos, NOT_GIVEN);
        interval = arguments.keyword("INTERVAL", ArgumentTypes::nanos, NOT_GIVEN);
        startNanos = arguments.optional("START", ArgumentTypes::nanos, Long.MIN_VALUE);
        endNanos = arguments.optional("END", ArgumentTypes::nanos, Long.MAX_VALUE);
        stop = arguments.keyword("STOP", ArgumentTypes::bool, false);
        call = arguments.keyword("END_CALL", TimeFilter::call, "");
        boolean start = startNanos != Long.MIN_VALUE;
        boolean end = endNanos != Long.MAX_VALUE;
        if (given(start, startAfter >= 0, startDelay >= 0) > 1) {
            throw new ConfigException("START, START_AFTER and START_DELAY exclude each other");
        }
        if (given(end, endAfter >= 0, endDelay >= 0, interval >= 0) > 1) {
            throw new ConfigException("END, END_AFTER, END_DELAY and INTERVAL exclude each other");
        }
        if (stop && !call.isEmpty()) {
            throw new ConfigException("STOP and END_CALL exclude each other");
        }
    }

    /** A call that can be read; its value is not known before it is made. */
    private static String call(String text) {
        String plain = ArgumentTypes.string(text);
        return HandlerCall.parse(plain).toString().isEmpty() ? "" : plain;
    }

    private void call(long time) {
        try {
            HandlerCall.parse(call.replace("$t", Timestamps.text(time))).write(graph(), name());
        } catch (HandlerException e) {
            chatter(name() + ": END_CALL: " + e.getMessage());
        }
    }

    /** The sum, or the largest number if it is larger. */
    private static long sum(long nanos, long more) {
        long sum = nanos + more;
        return more >= 0 && sum < nanos ? Long.MAX_VALUE : sum;
    }

    private static int given(boolean... which) {
        int count = 0;
        for (boolean one : which) {
            count += one ? 1 : 0;
        }
        return count;
    }

    @Override
    protected void initialize() {
        outsideTime = drops("outsideTime");
        long now = loop().clock().epochNanos();
        if (startDelay >= 0) {
            startNanos = sum(now, startDelay);
        }
        if (endDelay >= 0) {
            endNanos = sum(now, endDelay);
        }
        if (interval >= 0 && startNanos != Long.MIN_VALUE) {
            endNanos = sum(startNanos, interval);
        }
    }

    private void begin(long first) {
        begun = true;
        if (startAfter >= 0) {
            startNanos = sum(first, startAfter);
        }
        if (endAfter >= 0) {
            endNanos = sum(first, endAfter);
        }
        if (interval >= 0 && endNanos == Long.MAX_VALUE) {
            endNanos = sum(startNanos == Long.MIN_VALUE ? first : startNanos, interval);
        }
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        long time = packet.timestampNanos();
        if (!begun) {
            begin(time);
        }
        if (time >= endNanos && !ended) {
            ended = true;
            if (stop) {
                driver().stop();
            } else if (!call.isEmpty()) {
                call(time);
            }
        }
        if (time >= startNanos && time < endNanos) {
            return packet;
        }
        addOrDrop(1, packet, outsideTime);
        return null;
    }

    private void end(long nanos) {
        endNanos = nanos;
        ended = false;
    }

    /** With another configuration the first packet and the end are to come again. */
    @Override
    protected void takeState(Element old) {
        TimeFilter other = (TimeFilter) old;
        if (isConfiguredAs(other)) {
            begun = other.begun;
            ended = other.ended;
            startNanos = other.startNanos;
            endNanos = other.endNanos;
            interval = other.interval;
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("start", () -> Timestamps.text(startNanos));
        handlers.read("end", () -> Timestamps.text(endNanos));
        handlers.read("interval", () -> Timestamps.text(endNanos - startNanos));
        handlers.write("start", value -> startNanos = ArgumentTypes.nanos(value));
        handlers.write("end", value -> end(ArgumentTypes.nanos(value)));
        handlers.write(
                "interval",
                value -> {
                    interval = ArgumentTypes.nanos(value);
                    end(startNanos == Long.MIN_VALUE ? Long.MAX_VALUE : sum(startNanos, interval));
                });
        handlers.write("extend_interval", value -> end(sum(endNanos, ArgumentTypes.nanos(value))));
    }
}
