package vini.bench;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer that may not be there: what it cannot do is written into its figures, and all others are
 * measured as if it had not been asked.
 */
final class Guest {
    private final List<Figure> figures = new ArrayList<>();
    private @Nullable String trouble;

    /** Makes a figure of the scenario one of this peer's. */
    Figure own(Figure figure) {
        figures.add(figure);
        if (trouble != null) {
            figure.lacks(trouble);
        }
        return figure;
    }

    /** Does that, unless something has failed before. */
    void attempt(Side.Measurement what) throws InterruptedException {
        if (trouble != null) {
            return;
        }
        try {
            what.run();
        } catch (IOException e) {
            trouble = String.valueOf(e.getMessage());
            for (Figure figure : figures) {
                figure.lacks(trouble);
            }
        }
    }

    /** A side of the scenario's that does so in each round. */
    Side side(String name, Side.Measurement measurement) {
        return new Side(name, () -> attempt(measurement));
    }
}
