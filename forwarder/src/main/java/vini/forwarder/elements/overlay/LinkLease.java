package vini.forwarder.elements.overlay;

import org.jspecify.annotations.Nullable;

import vini.net.Quantity;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a link is to be again after a time, if nobody says otherwise until then: so a repair is
 * certain, even if whoever failed the link is no more.
 *
 * @param nanos from now
 * @param values by property, {@code state} included
 */
record LinkLease(long nanos, Map<String, String> values) {
    private static final String STATE = "state";

    /**
     * Reads {@code TIME [PROPERTY VALUE]...}, or {@code none}, which is null.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    static @Nullable LinkLease parse(String text) {
        String[] word = text.strip().split("\\s+", -1);
        if (word.length == 1 && word[0].equals("none")) {
            return null;
        }
        if (word.length % 2 == 0) {
            throw new IllegalArgumentException(
                    "'" + text.strip() + "' is not TIME [PROPERTY VALUE]... or none");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 1; i < word.length; i += 2) {
            if (word[i].equals(STATE)) {
                Link.State.parse(word[i + 1]);
            } else {
                Link.check(word[i], word[i + 1]);
            }
            values.put(word[i], word[i + 1]);
        }
        return new LinkLease(Quantity.nanos(word[0]), values);
    }
}
