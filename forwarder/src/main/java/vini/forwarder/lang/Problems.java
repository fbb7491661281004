package vini.forwarder.lang;

import vini.forwarder.ConfigException;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The mistakes of a text in the order in which they were found; after {@link #MAX} it is enough.
 */
final class Problems {
    static final int MAX = 50;

    private final Set<String> lines = new LinkedHashSet<>();

    void add(Place place, String message) {
        if (lines.size() < MAX) {
            lines.add(place + ": " + message);
        }
    }

    void add(Refusal refusal) {
        add(refusal.place(), refusal.text());
    }

    boolean isFull() {
        return lines.size() >= MAX;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    void throwIfAny() throws ConfigException {
        if (!lines.isEmpty()) {
            throw new ConfigException(List.copyOf(lines));
        }
    }
}
