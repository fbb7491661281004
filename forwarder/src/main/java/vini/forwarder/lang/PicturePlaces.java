package vini.forwarder.lang;

import java.util.List;

/**
 * Gives each spot its place from left to right: as near as possible to the middle of its neighbours
 * (least squares), in the order of its layer and clear of the spots beside it.
 */
final class PicturePlaces {
    private static final double GAP = 22;

    /** A straight edge counts more than a box in the middle of its neighbours. */
    private static final double BEND_WEIGHT = 3;

    /** Which neighbours a spot is drawn to in a pass over all layers. */
    private enum Pull {
        UP,
        DOWN,
        BOTH
    }

    private static final List<Pull> PASSES =
            List.of(Pull.UP, Pull.DOWN, Pull.UP, Pull.DOWN, Pull.BOTH, Pull.UP, Pull.BOTH);

    private final List<List<Spot>> layers;

    PicturePlaces(List<List<Spot>> layers) {
        this.layers = layers;
    }

    /** Sets {@code x} of all spots, the leftmost edge at 0, and returns the width of all. */
    double place() {
        for (List<Spot> layer : layers) {
            place(layer, new double[layer.size()]);
        }
        for (Pull pull : PASSES) {
            for (int i = 0; i < layers.size(); i++) {
                List<Spot> layer = layers.get(pull == Pull.DOWN ? layers.size() - 1 - i : i);
                double[] wanted = new double[layer.size()];
                for (Spot spot : layer) {
                    wanted[spot.index] = wanted(spot, pull);
                }
                place(layer, wanted);
            }
        }
        double left = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        for (List<Spot> layer : layers) {
            for (Spot spot : layer) {
                left = Math.min(left, spot.x - spot.width / 2);
                right = Math.max(right, spot.x + spot.width / 2);
            }
        }
        for (List<Spot> layer : layers) {
            for (Spot spot : layer) {
                spot.x -= left;
            }
        }
        return right - left;
    }

    private static double wanted(Spot spot, Pull pull) {
        double sum = 0;
        int count = 0;
        if (pull != Pull.DOWN) {
            for (Spot.Joint joint : spot.above) {
                sum += joint.upper().x + joint.upperOffset() - joint.lowerOffset();
                count++;
            }
        }
        if (pull != Pull.UP) {
            for (Spot.Joint joint : spot.below) {
                sum += joint.lower().x + joint.lowerOffset() - joint.upperOffset();
                count++;
            }
        }
        if (count > 0) {
            return sum / count;
        }
        Spot box = spot.turnsAt;
        return box == null ? spot.x : box.x + box.width / 2 + GAP;
    }

    /** Pools neighbours that want to overlap, until each pool stands at the mean of its wishes. */
    private static void place(List<Spot> layer, double[] wanted) {
        int size = layer.size();
        double[] shift = new double[size];
        for (int i = 1; i < size; i++) {
            shift[i] = shift[i - 1] + (layer.get(i - 1).width + layer.get(i).width) / 2 + GAP;
        }
        double[] mean = new double[size];
        double[] weight = new double[size];
        int[] length = new int[size];
        int pools = 0;
        for (int i = 0; i < size; i++) {
            Spot spot = layer.get(i);
            mean[pools] = wanted[i] - shift[i];
            weight[pools] = spot.below.size() == 1 && spot.width < 2 ? BEND_WEIGHT : 1;
            length[pools++] = 1;
            while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
                pools--;
                double both = weight[pools - 1] + weight[pools];
                mean[pools - 1] =
                        (mean[pools - 1] * weight[pools - 1] + mean[pools] * weight[pools]) / both;
                weight[pools - 1] = both;
                length[pools - 1] += length[pools];
            }
        }
        int i = 0;
        for (int pool = 0; pool < pools; pool++) {
            for (int k = 0; k < length[pool]; k++, i++) {
                layer.get(i).x = mean[pool] + shift[i];
            }
        }
    }
}
