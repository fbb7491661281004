package vini.overlay.json;

/**
 * One mistake, or one note, about a file of the user's.
 *
 * @param file the path as the user wrote it
 * @param text what was found, and what would be right
 */
public record Problem(String file, Position at, String text) {
    /** {@code file:line:column: text}; without line and column where the file cannot be read. */
    @Override
    public String toString() {
        return file + (at.equals(Position.NONE) ? "" : ":" + at) + ": " + text;
    }
}
