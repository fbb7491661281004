package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import vini.forwarder.lang.Spelling;

import java.util.Collection;

/** Names the word that was probably meant. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code ; did you mean "kscy"?}, or nothing where no word is near. */
    public static String didYouMean(String written, Collection<String> known) {
        String near = nearest(written, known);
        return near == null ? "" : "; did you mean \"" + near + "\"?";
    }

    /** See {@link Spelling#nearest}. */
    public static @Nullable String nearest(String written, Collection<String> known) {
        return Spelling.nearest(written, known);
    }
}
