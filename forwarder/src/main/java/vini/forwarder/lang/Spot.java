package vini.forwarder.lang;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** What takes room in a layer of a picture: an element's box, or a place that an edge goes by. */
final class Spot {
    /**
     * What leads from a spot to one of a lower layer.
     *
     * @param upperOffset where it begins, from the middle of the upper spot
     * @param lowerOffset where it ends, from the middle of the lower spot
     */
    record Joint(Spot upper, double upperOffset, Spot lower, double lowerOffset) {}

    final double width;
    final int layer;

    /** The box at which an edge that leads upwards turns; null for all others. */
    final @Nullable Spot turnsAt;

    final List<Joint> above = new ArrayList<>();
    final List<Joint> below = new ArrayList<>();

    /** Its number in its layer. */
    int index;

    /** The middle of it. */
    double x;

    Spot(double width, int layer, @Nullable Spot turnsAt) {
        this.width = width;
        this.layer = layer;
        this.turnsAt = turnsAt;
    }

    static void join(Spot upper, double upperOffset, Spot lower, double lowerOffset) {
        Joint joint = new Joint(upper, upperOffset, lower, lowerOffset);
        upper.below.add(joint);
        lower.above.add(joint);
    }

    /** A position in its layer that also tells the ports of one box apart. */
    double position(double offset) {
        return index + 0.5 + 0.9 * offset / width;
    }
}
