package vini.forwarder;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Counters of an element with names, for a handler that reads all of them. */
public final class NamedCounters {
    private final Supplier<Counter> counter;
    private final Map<String, Counter> named = new LinkedHashMap<>();

    /**
     * None yet.
     *
     * @param counter makes one, as an element does; what is kept over a hot swap is told apart by
     *     the order in which it is made
     */
    public NamedCounters(Supplier<Counter> counter) {
        this.counter = counter;
    }

    /** Makes the next one. */
    public Counter add(String name) {
        Counter made = counter.get();
        named.put(name, made);
        return made;
    }

    /** A line for each in the order of making: {@code sessions_made 12}. */
    public String text() {
        StringBuilder text = new StringBuilder();
        named.forEach(
                (name, each) -> text.append(name).append(' ').append(each.value()).append('\n'));
        return text.toString();
    }
}
