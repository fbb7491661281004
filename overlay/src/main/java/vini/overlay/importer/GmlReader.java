package vini.overlay.importer;

import java.util.ArrayList;
import java.util.List;

/**
 * GML's grammar (Himsolt, 1997): keys, each with a number, a quoted text or a list in brackets;
 * lines with {@code #} are comments. Bare words as values are taken as well, since some programs
 * write them.
 */
final class GmlReader {
    private static final int DEPTH_MAX = 32;

    /**
     * A key and its value.
     *
     * @param text of the value; of a list empty
     * @param items of the list; of another value empty
     */
    record Item(String key, String text, List<Item> items, boolean isList, int line) {}

    private final Source source;
    private final String text;
    private int at;
    private int line = 1;

    GmlReader(Source source) {
        this.source = source;
        this.text = source.text();
    }

    /** All pairs of the file. */
    List<Item> read() {
        return items(0, 1);
    }

    private List<Item> items(int depth, int opened) {
        List<Item> items = new ArrayList<>();
        while (true) {
            skip();
            if (at == text.length()) {
                if (depth > 0) {
                    throw source.fatal(opened, "the [ of this line has no ]; the file is cut off");
                }
                return items;
            }
            if (text.charAt(at) == ']') {
                if (depth == 0) {
                    throw source.fatal(line, "a ] without its [");
                }
                at++;
                return items;
            }
            items.add(item(depth));
        }
    }

    private Item item(int depth) {
        int keyLine = line;
        char first = text.charAt(at);
        if (!isLetter(first)) {
            throw source.fatal(
                    line, "a key begins with a letter, not with " + Draft.quoted("" + first));
        }
        String key = word();
        skip();
        if (at == text.length()) {
            throw source.fatal(keyLine, "the key " + Draft.quoted(key) + " has no value");
        }
        char value = text.charAt(at);
        if (value == ']') {
            throw source.fatal(keyLine, "the key " + Draft.quoted(key) + " has no value");
        }
        if (value == '[') {
            if (depth == DEPTH_MAX) {
                throw source.fatal(line, "lists are nested deeper than " + DEPTH_MAX);
            }
            at++;
            return new Item(key, "", items(depth + 1, keyLine), true, keyLine);
        }
        return new Item(key, value == '"' ? quoted() : word(), List.of(), false, keyLine);
    }

    private static boolean isLetter(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private String word() {
        int start = at;
        while (at < text.length()
                && !Character.isWhitespace(text.charAt(at))
                && "[]\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        int opened = line;
        int end = text.indexOf('"', at + 1);
        if (end < 0) {
            throw source.fatal(opened, "the \" of this line is never closed");
        }
        String inside = text.substring(at + 1, end);
        for (int i = 0; i < inside.length(); i++) {
            if (inside.charAt(i) == '\n') {
                line++;
            }
        }
        at = end + 1;
        return Entities.decoded(inside);
    }

    private void skip() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (!Character.isWhitespace(c)) {
                return;
            } else {
                if (c == '\n') {
                    line++;
                }
                at++;
            }
        }
    }
}
