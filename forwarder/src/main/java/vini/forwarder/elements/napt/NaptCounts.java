package vini.forwarder.elements.napt;

import vini.forwarder.Counter;
import vini.forwarder.NamedCounters;

import java.util.function.Supplier;

/** What NAPT counts besides the packets that it drops. */
final class NaptCounts {
    private final NamedCounters all;
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
        all = new NamedCounters(counter);
        out = all.add("out");
        in = all.add("in");
        hairpinned = all.add("hairpinned");
        errors = all.add("errors_translated");
        fragments = all.add("fragments");
        made = all.add("mappings_made");
        timedOut = all.add("mappings_timed_out");
        evicted = all.add("mappings_evicted");
        errorsSent = all.add("errors_sent");
        errorsLimited = all.add("errors_limited");
        synsHeld = all.add("syns_held");
        synsForgotten = all.add("syns_forgotten");
    }

    /** A line for each: {@code out 12}. */
    String text() {
        return all.text();
    }
}
