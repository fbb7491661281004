package vini.overlay.importer;

import vini.overlay.json.InputException;
import vini.overlay.json.Position;
import vini.overlay.json.Problems;

import java.util.List;

/**
 * A text file that is imported, and where its mistakes go.
 *
 * @param shown the path as the user wrote it
 * @param text all of it
 */
record Source(String shown, String text, Problems problems) {
    /** What a reader looks at to recognise its format, in characters. */
    private static final int HEAD = 1 << 16;

    /** The beginning of the file. */
    String head() {
        return text.length() <= HEAD ? text : text.substring(0, HEAD);
    }

    /** Without line ends; line n is item n - 1. */
    List<String> lines() {
        return text.lines().toList();
    }

    /** The file's own name, without folder. */
    String fileName() {
        return shown.substring(Math.max(shown.lastIndexOf('/'), shown.lastIndexOf('\\')) + 1);
    }

    /** The file's own name without its suffix. */
    String stem() {
        String name = fileName();
        int dot = name.indexOf('.', 1);
        return dot < 0 ? name : name.substring(0, dot);
    }

    void wrong(int line, String text) {
        wrong(new Position(line, 1), text);
    }

    void wrong(Position at, String text) {
        problems.add(shown, at, text);
    }

    /** A mistake after which nothing more can be read; to be thrown. */
    InputException fatal(Position at, String text) {
        wrong(at, text);
        return new InputException(
                problems.mistakes(), problems.count() - problems.mistakes().size());
    }

    InputException fatal(int line, String text) {
        return fatal(new Position(line, 1), text);
    }

    /** Where in a text with {@code file:line}, for notes. */
    String at(int line) {
        return fileName() + ":" + line;
    }
}
