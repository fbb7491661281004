package vini.overlay.json;

/** How a piece of the user's text appears in a message: short, and without control characters. */
public final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    /** How many there are of something: {@code 1 node}, {@code 2 nodes}. */
    public static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** In double quotes. */
    public static String quoted(String text) {
        return '"' + cut(text) + '"';
    }

    static String cut(String text) {
        return cut(text, LONGEST);
    }

    /** A sentence of another's making. */
    static String cutLong(String text) {
        return cut(text, 4 * LONGEST);
    }

    private static String cut(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < longest; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return text.length() > longest ? shown + "..." : shown.toString();
    }
}
