package vini.forwarder;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the graphs of one process (or of one virtual world) have in common, one thing a type: the
 * journal, the exchange of routing packets, the ends of direct tunnels. What it holds says itself
 * which threads may use it.
 */
public final class Shared {
    private final Map<Class<?>, Object> things = new LinkedHashMap<>();

    /** The thing of that type, made the first time. */
    public synchronized <T> T get(Class<T> type, Supplier<T> make) {
        return type.cast(things.computeIfAbsent(type, t -> make.get()));
    }

    /** The journal of what happened in the graphs. */
    public Journal journal() {
        return get(Journal.class, Journal::new);
    }
}
