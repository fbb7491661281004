package vini.experiment.report;

/**
 * How a text is set.
 *
 * @param size in figure units
 * @param halo whether it has a rim of paper, so that it can be read over lines
 */
record TextStyle(Ink ink, double size, Anchor anchor, boolean bold, boolean italic, boolean halo) {
    /** Which point of the text its place is. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    static TextStyle of(Ink ink, double size) {
        return new TextStyle(ink, size, Anchor.START, false, false, false);
    }

    TextStyle in(Ink other) {
        return new TextStyle(other, size, anchor, bold, italic, halo);
    }

    TextStyle anchored(Anchor to) {
        return new TextStyle(ink, size, to, bold, italic, halo);
    }

    TextStyle middle() {
        return anchored(Anchor.MIDDLE);
    }

    TextStyle end() {
        return anchored(Anchor.END);
    }

    TextStyle inBold() {
        return new TextStyle(ink, size, anchor, true, italic, halo);
    }

    TextStyle inItalic() {
        return new TextStyle(ink, size, anchor, bold, true, halo);
    }

    TextStyle withHalo() {
        return new TextStyle(ink, size, anchor, bold, italic, true);
    }

    /** About how wide a text is, in figure units, in a face like Helvetica. */
    double width(String text) {
        double ems = 0;
        for (int i = 0; i < text.length(); i++) {
            ems += ems(text.charAt(i));
        }
        return ems * size * (bold ? 1.06 : 1);
    }

    /** The text, cut with an ellipsis so that it is at most so wide. */
    String fit(String text, double widthMax) {
        if (width(text) <= widthMax) {
            return text;
        }
        int end = text.length();
        while (end > 0 && width(text.substring(0, end) + "…") > widthMax) {
            end--;
        }
        return text.substring(0, end).stripTrailing() + "…";
    }

    private static double ems(char c) {
        if ("iljtf.,:;'|!()[] ".indexOf(c) >= 0) {
            return 0.29;
        }
        if ("mwMWO@%…→".indexOf(c) >= 0) {
            return 0.87;
        }
        return Character.isUpperCase(c) ? 0.69 : 0.55;
    }
}
