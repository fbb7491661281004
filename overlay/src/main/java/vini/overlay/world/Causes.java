package vini.overlay.world;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What ails things of a slice (nodes, processes): each ails as long as there is a cause for it.
 *
 * @param <T> the things, as keys
 */
public final class Causes<T> {
    /** By thing and the cause's number: until when. */
    private final Map<T, Map<Long, Long>> causes = new LinkedHashMap<>();

    /**
     * The thing ails for that cause.
     *
     * @return whether it did not before
     */
    public boolean add(T thing, Cause cause) {
        boolean first = !causes.containsKey(thing);
        causes.computeIfAbsent(thing, t -> new TreeMap<>()).put(cause.number(), cause.untilNanos());
        return first;
    }

    /**
     * The cause is over; the operator's word ends all.
     *
     * @return whether the thing ailed and no cause is left
     */
    public boolean remove(T thing, Cause cause) {
        Map<Long, Long> of = causes.get(thing);
        if (of == null) {
            return false;
        }
        boolean found = cause.isOperator() || of.remove(cause.number()) != null;
        if (cause.isOperator()) {
            of.clear();
        }
        if (of.isEmpty()) {
            causes.remove(thing);
        }
        return found && of.isEmpty();
    }

    /** Whether the thing ails. */
    public boolean has(T thing) {
        return causes.containsKey(thing);
    }

    /**
     * When the last of its causes is over at the latest; {@link Long#MAX_VALUE} if one of them has
     * no end, or there is none.
     */
    public long untilNanos(T thing) {
        Map<Long, Long> of = causes.get(thing);
        return of == null
                ? Long.MAX_VALUE
                : of.values().stream().mapToLong(until -> until).max().orElse(Long.MAX_VALUE);
    }
}
