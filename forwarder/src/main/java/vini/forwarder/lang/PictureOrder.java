package vini.forwarder.lang;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Orders the spots of each layer so that few edges cross: by barycentres, a few times over. */
final class PictureOrder {
    private static final int SWEEPS = 8;

    private final List<List<Spot>> layers;

    PictureOrder(List<List<Spot>> layers) {
        this.layers = layers;
    }

    /** Sorts the lists and leaves the number of each spot in it. */
    void sort() {
        layers.forEach(PictureOrder::number);
        List<List<Spot>> best = copy();
        long fewest = Long.MAX_VALUE;
        for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
            boolean down = sweep % 2 == 0;
            for (int i = 0; i < layers.size(); i++) {
                sort(layers.get(down ? i : layers.size() - 1 - i), down);
            }
            long crossings = crossings();
            if (crossings < fewest) {
                fewest = crossings;
                best = copy();
            }
        }
        for (int i = 0; i < layers.size(); i++) {
            layers.set(i, best.get(i));
            number(best.get(i));
        }
    }

    private List<List<Spot>> copy() {
        List<List<Spot>> copy = new ArrayList<>();
        layers.forEach(layer -> copy.add(new ArrayList<>(layer)));
        return copy;
    }

    private static void number(List<Spot> layer) {
        for (int i = 0; i < layer.size(); i++) {
            layer.get(i).index = i;
        }
    }

    private void sort(List<Spot> layer, boolean down) {
        double[] wanted = new double[layer.size()];
        for (Spot spot : layer) {
            wanted[spot.index] = barycentre(spot, down);
        }
        // An edge that turns at a box stands right of it.
        for (Spot spot : layer) {
            if (spot.turnsAt != null && (down ? spot.above : spot.below).isEmpty()) {
                wanted[spot.index] = wanted[spot.turnsAt.index] + 1e-6;
            }
        }
        layer.sort(Comparator.comparingDouble(spot -> wanted[spot.index]));
        number(layer);
    }

    /** Between 0 and 1: the mean of its neighbours, or where it is if it has none. */
    private double barycentre(Spot spot, boolean down) {
        List<Spot.Joint> joints = down ? spot.above : spot.below;
        if (joints.isEmpty()) {
            return spot.position(0) / layers.get(spot.layer).size();
        }
        double sum = 0;
        for (Spot.Joint joint : joints) {
            sum +=
                    down
                            ? joint.upper().position(joint.upperOffset())
                            : joint.lower().position(joint.lowerOffset());
        }
        Spot first = down ? joints.get(0).upper() : joints.get(0).lower();
        return sum / joints.size() / layers.get(first.layer).size();
    }

    private long crossings() {
        long crossings = 0;
        for (List<Spot> layer : layers) {
            List<Spot.Joint> joints = new ArrayList<>();
            layer.forEach(spot -> joints.addAll(spot.below));
            joints.sort(
                    Comparator.comparingDouble((Spot.Joint j) -> start(j))
                            .thenComparingDouble(PictureOrder::end));
            double[] ends = joints.stream().mapToDouble(PictureOrder::end).toArray();
            crossings += inversions(ends, 0, ends.length);
        }
        return crossings;
    }

    private static double start(Spot.Joint joint) {
        return joint.upper().position(joint.upperOffset());
    }

    private static double end(Spot.Joint joint) {
        return joint.lower().position(joint.lowerOffset());
    }

    /** Sorts a part of the values and counts the pairs that were the wrong way round. */
    static long inversions(double[] values, int begin, int end) {
        if (end - begin < 2) {
            return 0;
        }
        int middle = (begin + end) >>> 1;
        long count = inversions(values, begin, middle) + inversions(values, middle, end);
        double[] left = Arrays.copyOfRange(values, begin, middle);
        int l = 0;
        int r = middle;
        for (int i = begin; i < end && l < left.length; i++) {
            if (r < end && values[r] < left[l]) {
                values[i] = values[r++];
                count += left.length - l;
            } else {
                values[i] = left[l++];
            }
        }
        return count;
    }
}
