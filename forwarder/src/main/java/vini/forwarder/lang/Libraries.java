package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

/**
 * Where {@code require(library FILE)} finds its texts: the folders of CLICKPATH, or a test's map.
 */
public interface Libraries {
    /** Knows no library. */
    Libraries NONE = name -> null;

    /** The text of a library, null if there is none of that name. */
    @Nullable String text(String name);
}
