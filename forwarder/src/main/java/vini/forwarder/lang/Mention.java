package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

/**
 * An element where the text mentions it. What it is can be unknown until the scope ends: a name may
 * be declared further down, and one that never is, is the class of an anonymous element.
 */
final class Mention {
    final String name;
    final @Nullable ElementType type;
    final @Nullable String configuration;
    final Place place;

    /** Its number in the {@link Body}, once it is known. */
    int node;

    Mention(
            String name,
            @Nullable ElementType type,
            @Nullable String configuration,
            Place place,
            int node) {
        this.name = name;
        this.type = type;
        this.configuration = configuration;
        this.place = place;
        this.node = node;
    }
}
