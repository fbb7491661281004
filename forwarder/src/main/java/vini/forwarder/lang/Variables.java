package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The variables of one compound element, or of the file, with their values; behind them those of
 * the scope in which the element's class was written.
 */
final class Variables {
    /** How deep definitions may lean on others. */
    private static final int DEPTH_MAX = 50;

    private final @Nullable Variables outer;
    private final Scope scope;
    private final Map<String, String> values;
    private final Map<String, Body.Define> defines;
    private final Set<String> open;
    private @Nullable Map<String, List<String>> words;

    /** Values that are given stand before those that the scope defines. */
    Variables(@Nullable Variables outer, Body body, Map<String, String> given) {
        this.outer = outer;
        this.scope = body.scope();
        this.defines = body.defines();
        // Most compounds define nothing, and there may be a million of them.
        this.values = defines.isEmpty() ? given : new LinkedHashMap<>(given);
        this.open = defines.isEmpty() ? Collections.emptySet() : new LinkedHashSet<>();
    }

    /** The variables that are seen from a scope inside of this one, or from this one itself. */
    Variables of(@Nullable Scope wanted) {
        Variables variables = this;
        while (variables.scope != wanted) {
            if (variables.outer == null) {
                throw new IllegalStateException("a class from a scope that is not around its use");
            }
            variables = variables.outer;
        }
        return variables;
    }

    /** A configuration string with values in place of variables. */
    String substitute(String text, Place place) throws Refusal {
        return substitute(text, place, 0);
    }

    String substitute(String text, Place place, int depth) throws Refusal {
        if (text.indexOf('$') < 0) {
            return text;
        }
        if (depth > DEPTH_MAX) {
            throw new Refusal(place, "variables nested more than " + DEPTH_MAX + " deep");
        }
        return new Substitution(text, this, place, depth).result();
    }

    /** The value of a variable, null if it has none. */
    @Nullable String value(String name, int depth) throws Refusal {
        for (Variables variables = this; variables != null; variables = variables.outer) {
            String value = variables.own(name, depth);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** The words of the value of a variable that has one; they are split once. */
    List<String> words(String name, String value) {
        Variables variables = this;
        while (variables.outer != null && !variables.values.containsKey(name)) {
            variables = variables.outer;
        }
        if (variables.words == null) {
            variables.words = new LinkedHashMap<>();
        }
        return variables.words.computeIfAbsent(name, n -> ConfigText.words(value));
    }

    private @Nullable String own(String name, int depth) throws Refusal {
        String known = values.get(name);
        Body.Define define = defines.get(name);
        if (known != null || define == null) {
            return known;
        }
        if (!open.add(name)) {
            throw new Refusal(define.place(), "'$" + name + "' is defined by itself");
        }
        try {
            String value = substitute(define.value(), define.place(), depth + 1);
            values.put(name, value);
            return value;
        } finally {
            open.remove(name);
        }
    }
}
