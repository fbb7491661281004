package vini.experiment.run;

import java.util.Locale;

/** Whether what was done to a network makes it better or worse. */
public enum Turn {
    /** Something fails. */
    WORSE,
    /** What had failed works again. */
    BETTER,
    /** Neither: something is otherwise from now on. */
    OTHER;

    /** The turn of that name; where a record does not say it, that of the kind of event. */
    static Turn of(String name, String kind) {
        for (Turn turn : values()) {
            if (turn.toString().equals(name)) {
                return turn;
            }
        }
        return kind.equals("fail") ? WORSE : kind.equals("restore") ? BETTER : OTHER;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
