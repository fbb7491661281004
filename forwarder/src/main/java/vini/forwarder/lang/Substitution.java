package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Puts values in place of {@code $x}, {@code ${x}}, {@code ${x-otherwise}} and {@code ${x[1]}} in
 * one configuration string. A variable without a value stays as it is, for elements such as scripts
 * have variables of their own; single quotes and comments hide variables.
 */
final class Substitution {
    /** The longest configuration string, in characters. */
    static final int LENGTH_MAX = 1 << 20;

    private final String text;
    private final Variables variables;
    private final Place place;
    private final int depth;
    private final StringBuilder out = new StringBuilder();
    private boolean quoted;
    private int @Nullable [] closing;

    Substitution(String text, Variables variables, Place place, int depth) {
        this.text = text;
        this.variables = variables;
        this.place = place;
        this.depth = depth;
    }

    String result() throws Refusal {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '$') {
                i = variable(i);
            } else if (quoted && c == '\\') {
                i = copy(i, Math.min(i + 2, text.length()));
            } else if (c == '"') {
                quoted = !quoted;
                i = copy(i, i + 1);
            } else if (quoted) {
                i = copy(i, i + 1);
            } else {
                i = copy(i, Math.max(i + 1, ConfigText.endOfHidden(text, i)));
            }
        }
        return out.toString();
    }

    private int copy(int from, int to) throws Refusal {
        append(text.substring(from, to));
        return to;
    }

    private void append(String piece) throws Refusal {
        out.append(piece);
        if (out.length() > LENGTH_MAX) {
            throw new Refusal(
                    place, "configuration string longer than " + LENGTH_MAX + " characters");
        }
    }

    /** Replaces the variable at a dollar sign; returns where the text goes on. */
    private int variable(int dollar) throws Refusal {
        boolean braces = text.startsWith("{", dollar + 1);
        int start = dollar + (braces ? 2 : 1);
        int end = start;
        while (end < text.length() && Lexer.isVariable(text.charAt(end))) {
            end++;
        }
        int close = braces ? closingBrace(start - 1) : end;
        if (end == start || close < 0) {
            return copy(dollar, start);
        }
        String name = text.substring(start, end);
        String value = value(name, text.substring(end, close));
        int after = braces ? close + 1 : close;
        if (value == null) {
            return copy(dollar, after);
        }
        append(quoted ? escaped(value) : value);
        return after;
    }

    /** Where the brace closes that opens there; -1 if it does not. */
    private int closingBrace(int brace) {
        if (closing == null) {
            closing = new int[text.length()];
            Deque<Integer> open = new ArrayDeque<>();
            for (int i = 0; i < text.length(); i++) {
                closing[i] = -1;
                if (text.charAt(i) == '{') {
                    open.push(i);
                } else if (text.charAt(i) == '}' && !open.isEmpty()) {
                    closing[open.pop()] = i;
                }
            }
        }
        return closing[brace];
    }

    /** The value of {@code name} with what follows it in braces; null leaves the text alone. */
    private @Nullable String value(String name, String modifier) throws Refusal {
        String value = variables.value(name, depth);
        if (modifier.isEmpty()) {
            return value;
        }
        if (modifier.startsWith("-")) {
            return value != null
                    ? value
                    : variables.substitute(modifier.substring(1), place, depth + 1);
        }
        if (value == null || !modifier.startsWith("[") || !modifier.endsWith("]")) {
            return null;
        }
        String inside = modifier.substring(1, modifier.length() - 1);
        String index = variables.substitute(inside, place, depth + 1).strip();
        if (!index.matches("[0-9]{1,6}")) {
            return null;
        }
        List<String> words = variables.words(name, value);
        int i = Integer.parseInt(index);
        return i < words.size() ? words.get(i) : "";
    }

    /** Inside of double quotes a value is data: its own quotes do not end the string. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
