package vini.experiment.report;

/** How a line is drawn; {@code width} in figure units. */
record Stroke(Ink ink, double width, Dash dash) {
    /** The pattern of a line: lengths of ink and gap in figure units. */
    enum Dash {
        SOLID(0, 0),
        DASHED(5, 3.5),
        DOTTED(1, 2.6);

        private final double ink;
        private final double gap;

        Dash(double ink, double gap) {
            this.ink = ink;
            this.gap = gap;
        }

        double ink() {
            return ink;
        }

        double gap() {
            return gap;
        }
    }

    static Stroke of(Ink ink, double width) {
        return new Stroke(ink, width, Dash.SOLID);
    }

    Stroke dashed() {
        return new Stroke(ink, width, Dash.DASHED);
    }

    Stroke dotted() {
        return new Stroke(ink, width, Dash.DOTTED);
    }
}
