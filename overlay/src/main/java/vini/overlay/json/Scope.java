package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The names that a file has declared so far, by what they name ({@code node}, {@code link}, {@code
 * probe}). A reference to a sort of thing that nothing was declared of is not checked: its
 * declaration was itself mistaken, and is reported.
 */
public final class Scope {
    private final Map<String, Map<String, Position>> names = new LinkedHashMap<>();

    /** Says that names of this sort are checked from now on, even if none is declared. */
    public void open(String sort) {
        names.computeIfAbsent(sort, s -> new LinkedHashMap<>());
    }

    /** Declares a name; answers where it was declared before, or null if it is new. */
    public @Nullable Position declare(String sort, String name, Position at) {
        return names.computeIfAbsent(sort, s -> new LinkedHashMap<>()).putIfAbsent(name, at);
    }

    /** The declared names, or null where nothing of this sort was declared. */
    public @Nullable Set<String> names(String sort) {
        Map<String, Position> of = names.get(sort);
        return of == null ? null : of.keySet();
    }

    /** Takes over all names of another scope. */
    public void include(Scope other) {
        other.names.forEach(
                (sort, of) -> names.computeIfAbsent(sort, s -> new LinkedHashMap<>()).putAll(of));
    }
}
