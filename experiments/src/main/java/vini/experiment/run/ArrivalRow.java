package vini.experiment.run;

import java.util.Locale;

/** One row of a TCP probe: at a time, the receiver had read so many bytes in all. */
public record ArrivalRow(double timeS, long bytes) {
    public static final String HEADER = "t_s,bytes";

    /** The row of the file, without its end. */
    public String line() {
        return String.format(Locale.ROOT, "%.6f,%d", timeS, bytes);
    }
}
