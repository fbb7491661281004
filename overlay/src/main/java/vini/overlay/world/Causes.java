package vini.overlay.world;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What ails things of a slice (nodes, processes): each ails as long as there is a cause for it.
 *
 * @param <T> the things, as keys
 */
public final class Causes<T> {
    private final Map<T, Set<Long>> causes = new LinkedHashMap<>();

    /**
     * The thing ails for that cause.
     *
     * @return whether it did not before
     */
    public boolean add(T thing, Cause cause) {
        boolean first = !causes.containsKey(thing);
        causes.computeIfAbsent(thing, t -> new TreeSet<>()).add(cause.number());
        return first;
    }

    /**
     * The cause is over; the operator's word ends all.
     *
     * @return whether the thing ailed and no cause is left
     */
    public boolean remove(T thing, Cause cause) {
        Set<Long> of = causes.get(thing);
        if (of == null) {
            return false;
        }
        boolean found = cause.isOperator() || of.remove(cause.number());
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
}
