package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.Network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Places for the nodes of a network: where they are on earth (equirectangular, scaled by the middle
 * latitude) if the topology says so of all, else so that distances tell how many links lie between.
 * The latter is stress majorization (Gansner, Koren, North 2004), begun on a circle.
 */
final class MapLayout {
    /** Above this many nodes a circle must do: the work grows with the square. */
    private static final int STRESS_NODES_MAX = 250;

    private static final int ROUNDS = 250;
    private static final int ANGLES = 180;

    private MapLayout() {}

    /** By node name, in any units; y grows downwards. */
    static Map<String, Point> of(Network network) {
        List<Network.Node> nodes = network.nodes();
        Map<String, Point> places = new LinkedHashMap<>();
        if (nodes.stream().allMatch(node -> node.place() != null)) {
            double middle =
                    nodes.stream()
                            .mapToDouble(node -> node.place() == null ? 0 : node.place().latitude())
                            .average()
                            .orElse(0);
            double squeeze = Math.max(0.1, StrictMath.cos(StrictMath.toRadians(middle)));
            for (Network.Node node : nodes) {
                Network.Place place = node.place();
                if (place != null) {
                    places.put(
                            node.name(), new Point(place.longitude() * squeeze, -place.latitude()));
                }
            }
            return places;
        }
        double[][] at = circle(nodes.size());
        if (nodes.size() > 2 && nodes.size() <= STRESS_NODES_MAX) {
            int[][] hops = hops(network);
            double[][] spread = scaling(hops);
            at = stress(spread, hops);
            upright(at, network);
        }
        for (int i = 0; i < nodes.size(); i++) {
            places.put(nodes.get(i).name(), new Point(at[i][0], at[i][1]));
        }
        return places;
    }

    private static double[][] circle(int n) {
        double[][] at = new double[n][2];
        for (int i = 0; i < n; i++) {
            double angle = 2 * Math.PI * i / Math.max(1, n) - Math.PI / 2;
            at[i][0] = StrictMath.cos(angle);
            at[i][1] = StrictMath.sin(angle);
        }
        return at;
    }

    private static int[][] hops(Network network) {
        List<String> names = network.nodes().stream().map(Network.Node::name).toList();
        List<List<Integer>> next = new ArrayList<>();
        names.forEach(name -> next.add(new ArrayList<>()));
        for (Network.Link link : network.links()) {
            next.get(names.indexOf(link.a())).add(names.indexOf(link.b()));
            next.get(names.indexOf(link.b())).add(names.indexOf(link.a()));
        }
        int[][] hops = new int[names.size()][names.size()];
        for (int i = 0; i < names.size(); i++) {
            Arrays.fill(hops[i], -1);
            hops[i][i] = 0;
            ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(i));
            int farthest = 0;
            for (Integer node = queue.poll(); node != null; node = queue.poll()) {
                for (int other : next.get(node)) {
                    if (hops[i][other] < 0) {
                        hops[i][other] = hops[i][node] + 1;
                        farthest = hops[i][other];
                        queue.add(other);
                    }
                }
            }
            for (int j = 0; j < names.size(); j++) {
                hops[i][j] = hops[i][j] < 0 ? farthest + 2 : hops[i][j];
            }
        }
        return hops;
    }

    /** Classical scaling: the two largest eigenvectors of the centred squared distances. */
    private static double[][] scaling(int[][] hops) {
        int n = hops.length;
        double[][] b = new double[n][n];
        double[] mean = new double[n];
        double all = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                mean[i] += (double) hops[i][j] * hops[i][j] / n;
            }
            all += mean[i] / n;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                b[i][j] = -0.5 * ((double) hops[i][j] * hops[i][j] - mean[i] - mean[j] + all);
            }
        }
        double[] first = eigenvector(b, null, 0.37);
        double[] second = eigenvector(b, first, 1.91);
        double[][] at = new double[n][2];
        for (int i = 0; i < n; i++) {
            at[i][0] = first[i];
            at[i][1] = second[i];
        }
        return at;
    }

    private static double[] eigenvector(double[][] b, double @Nullable [] not, double phase) {
        int n = b.length;
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = StrictMath.sin(phase + i * 1.7);
        }
        double value = 0;
        for (int round = 0; round < 150; round++) {
            double[] w = new double[n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    w[i] += b[i][j] * v[j];
                }
                w[i] += v[i] * n * 0.01; // keeps away from negative eigenvalues of equal size
            }
            if (not != null) {
                double norm = dot(not, not);
                double share = norm == 0 ? 0 : dot(w, not) / norm;
                for (int i = 0; i < n; i++) {
                    w[i] -= share * not[i];
                }
            }
            value = Math.sqrt(dot(w, w));
            if (value < 1e-12) {
                return v;
            }
            for (int i = 0; i < n; i++) {
                v[i] = w[i] / value;
            }
        }
        double size = Math.sqrt(value);
        for (int i = 0; i < n; i++) {
            v[i] *= size;
        }
        return v;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[][] stress(double[][] start, int[][] hops) {
        int n = start.length;
        double[][] at = start;
        for (int round = 0; round < ROUNDS; round++) {
            double[][] next = new double[n][2];
            for (int i = 0; i < n; i++) {
                double weights = 0;
                for (int j = 0; j < n; j++) {
                    if (i == j) {
                        continue;
                    }
                    double dx = at[i][0] - at[j][0];
                    double dy = at[i][1] - at[j][1];
                    // Two nodes on one spot part in a direction of their own.
                    double apart = Math.sqrt(dx * dx + dy * dy);
                    if (apart < 1e-6) {
                        dx = StrictMath.cos(i) * 1e-3;
                        dy = StrictMath.sin(i) * 1e-3;
                        apart = 1e-3;
                    }
                    double weight = 1.0 / (hops[i][j] * hops[i][j]);
                    next[i][0] += weight * (at[j][0] + hops[i][j] * dx / apart);
                    next[i][1] += weight * (at[j][1] + hops[i][j] * dy / apart);
                    weights += weight;
                }
                next[i][0] /= weights;
                next[i][1] /= weights;
            }
            at = next;
        }
        return at;
    }

    /** Turns the picture so that its links lie as much along the edges of the paper as they can. */
    private static void upright(double[][] at, Network network) {
        List<String> names = network.nodes().stream().map(Network.Node::name).toList();
        double best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < ANGLES; i++) {
            double turn = Math.PI * i / ANGLES;
            double slant = 0;
            for (Network.Link link : network.links()) {
                double[] a = at[names.indexOf(link.a())];
                double[] b = at[names.indexOf(link.b())];
                double angle = StrictMath.atan2(b[1] - a[1], b[0] - a[0]) + turn;
                double sine = StrictMath.sin(2 * angle);
                slant += Math.abs(sine);
            }
            double tall = height(at, turn) - height(at, turn + Math.PI / 2);
            double score = slant + (tall > 0 ? 1e-3 * Math.max(1, network.links().size()) : 0);
            if (score < least - 1e-9) {
                least = score;
                best = turn;
            }
        }
        double cos = StrictMath.cos(best);
        double sin = StrictMath.sin(best);
        for (double[] p : at) {
            double x = p[0] * cos - p[1] * sin;
            p[1] = p[0] * sin + p[1] * cos;
            p[0] = x;
        }
    }

    private static double height(double[][] at, double turn) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] p : at) {
            double y = p[0] * StrictMath.sin(turn) + p[1] * StrictMath.cos(turn);
            low = Math.min(low, y);
            high = Math.max(high, y);
        }
        return high - low;
    }
}
