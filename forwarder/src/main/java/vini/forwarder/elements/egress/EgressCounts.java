package vini.forwarder.elements.egress;

import vini.forwarder.Counter;
import vini.forwarder.NamedCounters;

import java.util.function.Supplier;

/** What an egress by sockets counts besides the packets that it drops. */
final class EgressCounts {
    private final NamedCounters all;
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
        all = new NamedCounters(counter);
        made = all.add("sessions_made");
        timedOut = all.add("sessions_timed_out");
        evicted = all.add("sessions_evicted");
        errorsTold = all.add("errors_told");
        errorsLimited = all.add("errors_limited");
        callsHeld = all.add("calls_held");
        callsAnswered = all.add("calls_answered");
        callsRefused = all.add("calls_refused");
        callsUnreachable = all.add("calls_unreachable");
        callsUnanswered = all.add("calls_unanswered");
        bytesOut = all.add("tcp_bytes_out");
        bytesIn = all.add("tcp_bytes_in");
    }

    /** A line for each: {@code sessions_made 12}. */
    String text() {
        return all.text();
    }
}
