package vini.cli;

import java.util.ArrayList;
import java.util.List;

/** Lines that are no wider than a terminal: longer ones go on, indented, in the next. */
final class WrappedLines {
    private final int width;
    private final List<String> lines = new ArrayList<>();

    /** The width is in characters; below 1 it is taken as 1. */
    WrappedLines(int width) {
        this.width = Math.max(1, width);
    }

    /** Adds a line, which is broken between words where that is possible. */
    void add(String line, int indent) {
        // Where there is next to no room, it is not spent on blanks.
        String margin = " ".repeat(Math.min(indent, width / 4));
        String rest = line;
        while (rest.length() > width) {
            int begin = rest.length() - rest.stripLeading().length();
            int at = rest.lastIndexOf(' ', width);
            boolean word = at <= begin;
            lines.add(rest.substring(0, word ? width : at).stripTrailing());
            rest = margin + rest.substring(word ? width : at).stripLeading();
        }
        lines.add(rest);
    }

    /** All of them. */
    List<String> all() {
        return lines;
    }
}
