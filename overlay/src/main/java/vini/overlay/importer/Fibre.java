package vini.overlay.importer;

import vini.overlay.topology.Location;

/**
 * What light in glass takes: two thirds of its speed in the void, along the great circle between
 * two places on a sphere of the earth's mean radius. A real fibre is longer.
 */
final class Fibre {
    private static final double EARTH_KM = 6371;
    private static final double KM_PER_SECOND = 299_792.458 * 2 / 3;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Delays are rounded to this, below 100 us to a tenth of it. */
    private static final long GRAIN_NANOS = 10_000;

    private Fibre() {}

    /** The great circle, by the haversine formula. */
    static double km(Location one, Location other) {
        double north = StrictMath.toRadians(other.latitude() - one.latitude());
        double east = StrictMath.toRadians(other.longitude() - one.longitude());
        double cosines =
                StrictMath.cos(StrictMath.toRadians(one.latitude()))
                        * StrictMath.cos(StrictMath.toRadians(other.latitude()));
        double haversine =
                square(StrictMath.sin(north / 2)) + cosines * square(StrictMath.sin(east / 2));
        return 2 * EARTH_KM * StrictMath.asin(StrictMath.sqrt(Math.clamp(haversine, 0, 1)));
    }

    private static double square(double x) {
        return x * x;
    }

    /** One way over so many kilometres. */
    static long delayNanos(double km) {
        return rounded(km / KM_PER_SECOND * NANOS_PER_SECOND);
    }

    /** A delay as a person would write it. */
    static long rounded(double nanos) {
        long grain = nanos < 10 * GRAIN_NANOS ? GRAIN_NANOS / 10 : GRAIN_NANOS;
        return StrictMath.round(nanos / grain) * grain;
    }

    /** An angle to five digits, which is a metre. */
    static double degrees(double angle) {
        return StrictMath.round(angle * 1e5) / 1e5;
    }
}
