package vini.overlay.importer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Splits Tcl into commands and words, and puts in the values of variables and commands. */
final class TclWords {
    private final Tcl tcl;

    TclWords(Tcl tcl) {
        this.tcl = tcl;
    }

    /** Where in a script a reader is. */
    static final class Cursor {
        private final String text;
        private int at;
        private int line;

        /** The line of the command that was read last. */
        int commandLine;

        Cursor(String text, int line) {
            this.text = text;
            this.line = line;
            this.commandLine = line;
        }

        private boolean ended() {
            return at >= text.length();
        }

        private char peek() {
            return text.charAt(at);
        }

        private char next() {
            char c = text.charAt(at++);
            if (c == '\n') {
                line++;
            }
            return c;
        }

        /** Whether a backslash takes the end of the line away. */
        private boolean continues() {
            return peek() == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
        }
    }

    /** The words of the next command, their values put in; null at the end. */
    @Nullable List<String> command(Cursor in) {
        while (!in.ended()) {
            char c = in.peek();
            if (c == '#') {
                comment(in);
            } else if (Character.isWhitespace(c) || c == ';') {
                in.next();
            } else if (in.continues()) {
                in.next();
            } else {
                in.commandLine = in.line;
                return words(in);
            }
        }
        return null;
    }

    private static void comment(Cursor in) {
        while (!in.ended() && in.peek() != '\n') {
            if (in.continues()) {
                in.next();
            }
            in.next();
        }
    }

    private List<String> words(Cursor in) {
        List<String> words = new ArrayList<>();
        while (!in.ended()) {
            char c = in.peek();
            if (c == '\n' || c == ';') {
                in.next();
                break;
            }
            if (in.continues()) {
                in.next();
                in.next();
            } else if (Character.isWhitespace(c)) {
                in.next();
            } else {
                words.add(word(in));
            }
        }
        return words;
    }

    private String word(Cursor in) {
        if (in.peek() == '{') {
            return braced(in);
        }
        if (in.peek() == '"') {
            in.next();
            return value(in, true);
        }
        return value(in, false);
    }

    /** The text in braces, as it stands. */
    private String braced(Cursor in) {
        int opened = in.line;
        int from = in.at + 1;
        int deep = 0;
        while (!in.ended()) {
            char c = in.next();
            if (c == '\\' && !in.ended()) {
                in.next();
            } else if (c == '{') {
                deep++;
            } else if (c == '}' && --deep == 0) {
                return in.text.substring(from, in.at - 1);
            }
        }
        throw tcl.wrong(opened, "the { of this line has no }");
    }

    /** Up to the closing quote, or to the end of a bare word. */
    private String value(Cursor in, boolean quoted) {
        int opened = in.line;
        StringBuilder value = new StringBuilder();
        while (!in.ended()) {
            char c = in.peek();
            if (quoted && c == '"') {
                in.next();
                return value.toString();
            }
            if (!quoted && (Character.isWhitespace(c) || c == ';' || in.continues())) {
                return value.toString();
            }
            put(in, value);
        }
        if (quoted) {
            throw tcl.wrong(opened, "the \" of this line is never closed");
        }
        return value.toString();
    }

    private void put(Cursor in, StringBuilder value) {
        char c = in.next();
        switch (c) {
            case '$' -> value.append(variable(in));
            case '[' -> value.append(bracketed(in));
            case '\\' -> {
                if (!in.ended()) {
                    value.append(in.next());
                }
            }
            default -> value.append(c);
        }
    }

    private String variable(Cursor in) {
        int from = in.at;
        if (!in.ended() && in.peek() == '{') {
            return tcl.variable(braced(in), in.line);
        }
        while (!in.ended() && (Character.isLetterOrDigit(in.peek()) || in.peek() == '_')) {
            in.next();
        }
        String name = in.text.substring(from, in.at);
        if (name.isEmpty()) {
            return "$";
        }
        if (!in.ended() && in.peek() == '(') {
            in.next();
            StringBuilder index = new StringBuilder();
            while (!in.ended() && in.peek() != ')') {
                put(in, index);
            }
            if (in.ended()) {
                throw tcl.wrong(in.line, "the ( after $" + name + " has no )");
            }
            in.next();
            name = name + "(" + index + ")";
        }
        return tcl.variable(name, in.line);
    }

    private String bracketed(Cursor in) {
        int opened = in.line;
        int from = in.at;
        int deep = 1;
        while (!in.ended()) {
            char c = in.next();
            if (c == '\\' && !in.ended()) {
                in.next();
            } else if (c == '[') {
                deep++;
            } else if (c == ']' && --deep == 0) {
                return tcl.eval(in.text.substring(from, in.at - 1), opened);
            }
        }
        throw tcl.wrong(opened, "the [ of this line has no ]");
    }

    /** A text with its variables and commands put in; what is not of these stays. */
    String substituted(String text, int line) {
        if (text.indexOf('$') < 0 && text.indexOf('[') < 0) {
            return text;
        }
        Cursor in = new Cursor(text, line);
        StringBuilder value = new StringBuilder();
        while (!in.ended()) {
            put(in, value);
        }
        return value.toString();
    }

    /** The items of a list. */
    static List<String> list(String text) {
        List<String> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        int deep = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{' && deep++ == 0 || c == '}' && --deep == 0) {
                continue;
            }
            if (deep <= 0 && Character.isWhitespace(c)) {
                if (!item.isEmpty()) {
                    items.add(item.toString());
                    item.setLength(0);
                }
            } else {
                item.append(c);
            }
        }
        if (!item.isEmpty()) {
            items.add(item.toString());
        }
        return items;
    }

    /** As an item of a list. */
    static String quoted(String item) {
        boolean plain = !item.isEmpty() && item.chars().noneMatch(Character::isWhitespace);
        return plain ? item : "{" + item + "}";
    }
}
