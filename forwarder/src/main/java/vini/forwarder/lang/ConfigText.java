package vini.forwarder.lang;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Configuration strings as Click's manual says they are read: arguments between commas, words
 * between blanks, strings in quotes, data in {@code \<68 65>}.
 */
public final class ConfigText {
    private ConfigText() {}

    /**
     * The arguments, trimmed, comments removed, quotes kept. Commas in quotes, in data and between
     * brackets separate nothing; an empty argument at the end is none.
     */
    public static List<String> arguments(String text) {
        List<String> arguments = split(text, false);
        if (!arguments.isEmpty() && arguments.getLast().isEmpty()) {
            arguments.removeLast();
        }
        return arguments;
    }

    /** The words of an argument, quotes kept: {@code a "b c" d} are three. */
    public static List<String> words(String argument) {
        List<String> words = split(argument, true);
        words.removeIf(String::isEmpty);
        return words;
    }

    private static List<String> split(String text, boolean atBlanks) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int depth = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int end = endOfHidden(text, i);
            boolean separates =
                    depth == 0 && (atBlanks ? end == i && Character.isWhitespace(c) : c == ',');
            if (isComment(text, i)) {
                separates = depth == 0 && atBlanks;
                piece.append(separates ? "" : " ");
            } else if (end > i) {
                piece.append(text, i, end);
            } else if (!separates) {
                depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
                depth = Math.max(depth, 0);
                piece.append(c);
            }
            if (separates) {
                pieces.add(piece.toString().strip());
                piece.setLength(0);
            }
            i = Math.max(end, i + 1);
        }
        pieces.add(piece.toString().strip());
        return pieces;
    }

    private static boolean isComment(String text, int at) {
        return text.startsWith("//", at) || text.startsWith("/*", at);
    }

    /** Where a quoted string, data or a comment that begins here ends; {@code at} if none does. */
    static int endOfHidden(String text, int at) {
        char c = text.charAt(at);
        int end = at;
        if (c == '"') {
            end = Quotation.endOfDouble(text, at);
        } else if (c == '\'') {
            end = text.indexOf('\'', at + 1) + 1;
        } else if (c == '\\') {
            return Quotation.endOfData(text, at);
        } else if (text.startsWith("//", at)) {
            end = text.indexOf('\n', at);
        } else if (text.startsWith("/*", at)) {
            end = text.indexOf("*/", at + 2) + 2;
            end = end == 1 ? -1 : end;
        } else {
            return at;
        }
        return end <= 0 ? text.length() : end;
    }

    /**
     * The string that an argument means: quotes removed, {@code a"b"'c'} is {@code abc}; escapes
     * are obeyed in double quotes and in {@code \<...>}. A byte of data is a character 0-255.
     */
    public static String unquote(String text) {
        StringBuilder plain = new StringBuilder();
        new Quotation(
                        text,
                        (from, to) -> plain.append(text, from, to),
                        value -> plain.append((char) value))
                .read();
        return plain.toString();
    }

    /** The bytes that an argument means: data as it is, all else in UTF-8. */
    public static byte[] unquoteBytes(String text) {
        // A character is at most three bytes, each of a surrogate pair at most two.
        ByteBuffer bytes = ByteBuffer.allocate(3 * text.length());
        new Quotation(
                        text,
                        (from, to) ->
                                bytes.put(
                                        text.substring(from, to).getBytes(StandardCharsets.UTF_8)),
                        value -> bytes.put((byte) value))
                .read();
        byte[] result = new byte[bytes.flip().remaining()];
        bytes.get(result);
        return result;
    }

    /** A text as one argument which means just it, in double quotes if it needs them. */
    public static String quote(String text) {
        return Quotation.quote(text);
    }
}
