package vini.forwarder;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration arguments of an element, read as Click's {@code Args} does: positional
 * arguments in order, keyword arguments ({@code DELAY 5ms}) by name; a positional one may be given
 * by its keyword as well. What nobody asked for is an error, found by {@link #finish}.
 */
public final class Arguments {
    private static final Pattern KEYWORD =
            Pattern.compile("([A-Z][A-Z0-9_]*)(?:\\s+(.*))?", Pattern.DOTALL);

    private final List<String> all;
    private final boolean[] used;
    private final Set<String> asked = new LinkedHashSet<>();

    /** Arguments as the parser split them: trimmed, without the commas. */
    public Arguments(List<String> arguments) {
        this.all = List.copyOf(arguments);
        this.used = new boolean[all.size()];
    }

    /** A positional argument that must be there. */
    public <T> T required(String keyword, Function<String, T> type) throws ConfigException {
        String text = byKeyword(keyword);
        if (text == null) {
            text = nextPositional();
        }
        if (text == null) {
            throw new ConfigException("missing argument " + keyword);
        }
        return parse(keyword, text, type);
    }

    /** A positional argument that may be left out at the end. */
    public <T> T optional(String keyword, Function<String, T> type, T otherwise)
            throws ConfigException {
        String text = byKeyword(keyword);
        if (text == null) {
            text = nextPositional();
        }
        return text == null ? otherwise : parse(keyword, text, type);
    }

    /** An argument that is only given by keyword. */
    public <T> T keyword(String keyword, Function<String, T> type, T otherwise)
            throws ConfigException {
        String text = byKeyword(keyword);
        return text == null ? otherwise : parse(keyword, text, type);
    }

    /** All positional arguments that are left. */
    public <T> List<T> rest(String what, Function<String, T> type) throws ConfigException {
        List<T> values = new ArrayList<>();
        for (String text = nextPositional(); text != null; text = nextPositional()) {
            values.add(parse(what, text, type));
        }
        return values;
    }

    /** All arguments as they stand, to look at before any is asked for. */
    public List<String> given() {
        return all;
    }

    /** All arguments as they stand, for elements that know no keywords. */
    public List<String> all() {
        Arrays.fill(used, true);
        return all;
    }

    /** Complains about arguments that nobody has asked for. */
    void finish() throws ConfigException {
        for (int i = 0; i < used.length; i++) {
            if (!used[i]) {
                throw new ConfigException(
                        "unexpected argument '"
                                + all.get(i)
                                + "'"
                                + (asked.isEmpty()
                                        ? "; it takes none"
                                        : "; it takes " + String.join(", ", asked)));
            }
        }
    }

    private <T> T parse(String keyword, String text, Function<String, T> type)
            throws ConfigException {
        try {
            return type.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    keyword
                            + ": "
                            + (e instanceof NumberFormatException
                                    ? "'" + text + "' is not a number"
                                    : e.getMessage()));
        }
    }

    private @Nullable String byKeyword(String keyword) throws ConfigException {
        asked.add(keyword);
        String found = null;
        for (int i = 0; i < used.length; i++) {
            Matcher matcher = KEYWORD.matcher(all.get(i));
            if (!used[i] && matcher.matches() && matcher.group(1).equals(keyword)) {
                if (found != null) {
                    throw new ConfigException("argument " + keyword + " given twice");
                }
                used[i] = true;
                found = matcher.group(2) == null ? "" : matcher.group(2);
            }
        }
        return found;
    }

    private @Nullable String nextPositional() {
        for (int i = 0; i < used.length; i++) {
            Matcher matcher = KEYWORD.matcher(all.get(i));
            boolean keyword = matcher.matches() && matcher.group(2) != null;
            if (!used[i] && !keyword) {
                used[i] = true;
                return all.get(i);
            }
        }
        return null;
    }
}
