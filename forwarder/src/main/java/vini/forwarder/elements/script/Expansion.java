package vini.forwarder.elements.script;

import org.jspecify.annotations.Nullable;

import vini.forwarder.HandlerException;

/**
 * Replaces {@code $x}, <code>${x}</code> and {@code $(HANDLER ARGUMENTS)} in the text of an
 * instruction; what stands in single quotes is left as it is. Inside of <code>$( )</code> both are
 * replaced first. What comes into double quotes is escaped, so that it means itself there and does
 * not end them.
 */
final class Expansion {
    /** What a script knows. */
    interface Values {
        /** The value of a variable; null if there is none, and then the text stays. */
        @Nullable String variable(String name);

        /** The value of a read handler. */
        String handler(String call) throws HandlerException;
    }

    private static final int DEPTH_MAX = 50;
    private static final int CHARACTERS_MAX = 1 << 20;

    private final Values values;

    Expansion(Values values) {
        this.values = values;
    }

    String of(String text) throws HandlerException {
        return of(text, 0);
    }

    private String of(String text, int depth) throws HandlerException {
        if (depth > DEPTH_MAX) {
            throw new HandlerException("$( ) nested too deeply");
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        char quote = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
            if (c == '\\' && quote != '\'' && at + 1 < text.length()) {
                out.append(c).append(text.charAt(at + 1));
                at += 2;
            } else if (c == '$' && quote != '\'') {
                int begin = out.length();
                at = reference(text, at, depth, out);
                if (quote == '"') {
                    String value = out.substring(begin);
                    out.setLength(begin);
                    escape(value, out);
                }
            } else {
                out.append(c);
                at++;
            }
            if (out.length() > CHARACTERS_MAX) {
                throw new HandlerException("a text of more than a million characters");
            }
        }
        return out.toString();
    }

    private static void escape(String value, StringBuilder out) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
    }

    /** Appends what the reference at {@code at} stands for, and returns where it ends. */
    private int reference(String text, int at, int depth, StringBuilder out)
            throws HandlerException {
        int begin = at + 1;
        if (begin < text.length() && text.charAt(begin) == '(') {
            int end = closing(text, begin);
            if (end > 0) {
                out.append(values.handler(of(text.substring(begin + 1, end), depth + 1).strip()));
                return end + 1;
            }
        }
        boolean braces = begin < text.length() && text.charAt(begin) == '{';
        int nameBegin = braces ? begin + 1 : begin;
        int end = nameBegin;
        while (end < text.length() && isName(text.charAt(end))) {
            end++;
        }
        if (end == nameBegin && end < text.length() && "?#$".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        boolean closed = !braces || end < text.length() && text.charAt(end) == '}';
        String value = closed ? values.variable(text.substring(nameBegin, end)) : null;
        int after = braces && closed ? end + 1 : end;
        out.append(value == null ? text.substring(at, after) : value);
        return after;
    }

    private static boolean isName(char c) {
        return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** Where the parenthesis that opens at {@code open} is closed, or -1. */
    private static int closing(String text, int open) {
        int depth = 0;
        char quote = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '\'') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
