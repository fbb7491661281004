package vini.forwarder.lang;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a configuration string into arguments at its commas, as Click's {@code cp_argvec} does.
 */
public final class ConfigText {
    private ConfigText() {}

    /** The arguments, trimmed, comments removed; none for an empty string. */
    public static List<String> arguments(String text) {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                int end = endOfQuote(text, i);
                argument.append(text, i, end);
                i = end - 1;
            } else if (text.startsWith("//", i)) {
                int end = text.indexOf('\n', i);
                i = end < 0 ? text.length() : end - 1;
                argument.append(' ');
            } else if (text.startsWith("/*", i)) {
                int end = text.indexOf("*/", i + 2);
                i = end < 0 ? text.length() : end + 1;
                argument.append(' ');
            } else if (c == ',' && depth == 0) {
                arguments.add(argument.toString().strip());
                argument.setLength(0);
            } else {
                depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
                depth = Math.max(depth, 0);
                argument.append(c);
            }
        }
        String last = argument.toString().strip();
        if (!last.isEmpty() || !arguments.isEmpty()) {
            arguments.add(last);
        }
        return arguments;
    }

    private static int endOfQuote(String text, int start) {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i + 1;
            }
        }
        return text.length();
    }

    /** The characters of a quoted string, or the text itself if it is not quoted. */
    public static String unquote(String text) {
        if (text.length() < 2 || text.charAt(0) != '"' || !text.endsWith("\"")) {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() - 1) {
                c = text.charAt(++i);
                plain.append(c == 'n' ? '\n' : c == 't' ? '\t' : c);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
