package vini.forwarder.elements.script;

import vini.forwarder.Signals;

import java.util.List;
import java.util.Locale;

/**
 * When a script runs: its TYPE.
 *
 * @param signals the numbers of the signals at which it does; empty for other types
 */
record Occasion(Type type, List<Integer> signals) {
    enum Type {
        ACTIVE,
        PASSIVE,
        PACKET,
        PROXY,
        DRIVER,
        SIGNAL
    }

    static Occasion of(Type type) {
        return new Occasion(type, List.of());
    }

    /** Reads {@code PASSIVE}, {@code SIGNAL INT TERM} and so on, in any case. */
    static Occasion parse(String text) {
        String[] words = text.strip().split("\\s+", -1);
        List<String> operands = List.of(words).subList(1, words.length);
        for (Type type : Type.values()) {
            if (type.name().equals(words[0].toUpperCase(Locale.ROOT))
                    && (type == Type.SIGNAL) != operands.isEmpty()) {
                return new Occasion(type, operands.stream().map(Signals::number).toList());
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not ACTIVE, PASSIVE, PACKET, PROXY, DRIVER or SIGNAL SIGNO...");
    }
}
