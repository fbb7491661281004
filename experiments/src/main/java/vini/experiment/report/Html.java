package vini.experiment.report;

/** Text as HTML and XML want it. */
public final class Html {
    private Html() {}

    /** Escapes what has a meaning, and replaces what XML 1.0 cannot carry at all. */
    public static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '&' -> out.append("&amp;");
                                case '<' -> out.append("&lt;");
                                case '>' -> out.append("&gt;");
                                case '"' -> out.append("&quot;");
                                default -> out.appendCodePoint(carries(c) ? c : 0xfffd);
                            }
                        });
        return out.toString();
    }

    private static boolean carries(int c) {
        return c == '\t'
                || c == '\n'
                || (c >= ' ' && c < 0xd800)
                || (c > 0xdfff && c < 0xfffe)
                || c > 0xffff;
    }
}
