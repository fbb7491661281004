package vini.forwarder.elements.napt;

import vini.forwarder.Counter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What NAPT counts besides the packets that it drops. */
final class NaptCounts {
    final Counter out;
    final Counter in;
    final Counter hairpinned;
    final Counter errors;
    final Counter fragments;
    final Counter made;
    final Counter timedOut;
    final Counter evicted;
    final Counter errorsSent;
    final Counter errorsLimited;
    final Counter synsHeld;
    final Counter synsForgotten;

    /** Counters made by an element, always in the same order. */
    NaptCounts(Supplier<Counter> counter) {
        out = counter.get();
        in = counter.get();
        hairpinned = counter.get();
        errors = counter.get();
        fragments = counter.get();
        made = counter.get();
        timedOut = counter.get();
        evicted = counter.get();
        errorsSent = counter.get();
        errorsLimited = counter.get();
        synsHeld = counter.get();
        synsForgotten = counter.get();
    }

    /** A line for each: {@code out 12}. */
    String text() {
        Map<String, Counter> names = new LinkedHashMap<>();
        names.put("out", out);
        names.put("in", in);
        names.put("hairpinned", hairpinned);
        names.put("errors_translated", errors);
        names.put("fragments", fragments);
        names.put("mappings_made", made);
        names.put("mappings_timed_out", timedOut);
        names.put("mappings_evicted", evicted);
        names.put("errors_sent", errorsSent);
        names.put("errors_limited", errorsLimited);
        names.put("syns_held", synsHeld);
        names.put("syns_forgotten", synsForgotten);
        StringBuilder text = new StringBuilder();
        names.forEach(
                (name, counter) ->
                        text.append(name).append(' ').append(counter.value()).append('\n'));
        return text.toString();
    }
}
