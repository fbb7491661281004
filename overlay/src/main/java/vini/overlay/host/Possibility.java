package vini.overlay.host;

/**
 * Whether the machine lets us do something, as found by trying.
 *
 * @param sentence for people: that it works, or why not and what would help
 */
public record Possibility(boolean possible, String sentence) {
    static Possibility yes(String sentence) {
        return new Possibility(true, sentence);
    }

    static Possibility no(String sentence) {
        return new Possibility(false, sentence);
    }
}
