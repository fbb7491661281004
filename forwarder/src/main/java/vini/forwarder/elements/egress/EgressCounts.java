package vini.forwarder.elements.egress;

import vini.forwarder.Counter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What an egress by sockets counts besides the packets that it drops. */
final class EgressCounts {
    final Counter made;
    final Counter timedOut;
    final Counter evicted;
    final Counter errorsTold;
    final Counter errorsLimited;
    final Counter callsHeld;
    final Counter callsAnswered;
    final Counter callsRefused;
    final Counter callsUnreachable;
    final Counter callsUnanswered;
    final Counter bytesOut;
    final Counter bytesIn;

    /** Counters made by an element, always in the same order. */
    EgressCounts(Supplier<Counter> counter) {
        made = counter.get();
        timedOut = counter.get();
        evicted = counter.get();
        errorsTold = counter.get();
        errorsLimited = counter.get();
        callsHeld = counter.get();
        callsAnswered = counter.get();
        callsRefused = counter.get();
        callsUnreachable = counter.get();
        callsUnanswered = counter.get();
        bytesOut = counter.get();
        bytesIn = counter.get();
    }

    /** A line for each: {@code sessions_made 12}. */
    String text() {
        Map<String, Counter> names = new LinkedHashMap<>();
        names.put("sessions_made", made);
        names.put("sessions_timed_out", timedOut);
        names.put("sessions_evicted", evicted);
        names.put("errors_told", errorsTold);
        names.put("errors_limited", errorsLimited);
        names.put("calls_held", callsHeld);
        names.put("calls_answered", callsAnswered);
        names.put("calls_refused", callsRefused);
        names.put("calls_unreachable", callsUnreachable);
        names.put("calls_unanswered", callsUnanswered);
        names.put("tcp_bytes_out", bytesOut);
        names.put("tcp_bytes_in", bytesIn);
        StringBuilder text = new StringBuilder();
        names.forEach(
                (name, counter) ->
                        text.append(name).append(' ').append(counter.value()).append('\n'));
        return text.toString();
    }
}
