package vini.experiment.probe;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * When something is looked at during a run. A moment that is the time of an event, too, is just
 * before it.
 *
 * @param nanos times of the world's clock, in ascending order
 */
record Moments(List<Long> nanos) {
    /** So much before its time a moment is, which no row shows. */
    static final long BEFORE_NANOS = 1;

    Moments {
        nanos = List.copyOf(nanos);
    }

    /** The moments of a list, or those with so much between them. */
    static Moments of(ProbeStart start, @Nullable List<Duration> at, @Nullable Duration every) {
        SortedSet<Long> offsets = new TreeSet<>();
        if (at != null) {
            at.forEach(time -> offsets.add(time.toNanos()));
        }
        if (every != null) {
            for (long time = 0; time <= start.durationNanos(); time += every.toNanos()) {
                offsets.add(time);
            }
        }
        List<Long> nanos = new ArrayList<>();
        offsets.forEach(offset -> nanos.add(start.startNanos() + offset - BEFORE_NANOS));
        return new Moments(nanos);
    }
}
