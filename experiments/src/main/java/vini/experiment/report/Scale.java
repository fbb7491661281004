package vini.experiment.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear scale: values from {@code low} to {@code high} fall on places from {@code from} to
 * {@code to}; {@code low} is less than {@code high}.
 */
record Scale(double low, double high, double from, double to) {
    Scale {
        if (!(low < high) || !Double.isFinite(high - low)) {
            throw new IllegalArgumentException("a scale from " + low + " to " + high);
        }
    }

    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    boolean shows(double value) {
        return value >= low && value <= high;
    }

    double clamp(double value) {
        return Math.clamp(value, low, high);
    }

    /** The step between ticks: 1, 2 or 5 times a power of ten, so that about {@code wanted} fit. */
    double step(int wanted) {
        double raw = (high - low) / Math.max(1, wanted);
        double power = StrictMath.pow(10, StrictMath.floor(StrictMath.log10(raw)));
        double lead = raw / power;
        return power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
    }

    /** The multiples of a step that the scale shows. */
    List<Double> ticks(double step) {
        List<Double> ticks = new ArrayList<>();
        long first = (long) Math.ceil(low / step - 1e-9);
        long last = (long) Math.floor(high / step + 1e-9);
        for (long i = first; i <= last && ticks.size() < 100; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** How many digits after the point a label of that step needs. */
    static int digits(double step) {
        int digits = 0;
        double scaled = step;
        while (digits < 6 && Math.abs(scaled - Math.rint(scaled)) > 1e-6 * Math.max(1, scaled)) {
            scaled *= 10;
            digits++;
        }
        return digits;
    }
}
