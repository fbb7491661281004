package vini.forwarder.lang;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts the vertices of a graph into layers, so that edges lead downwards: the longest path to a
 * vertex is its layer. Of each cycle one edge leads upwards.
 */
final class PictureLayers {
    private final List<List<Integer>> out = new ArrayList<>();
    private final List<List<Integer>> in = new ArrayList<>();
    private final int[] from;
    private final int[] to;
    private final boolean[] upwards;
    private final int[] layer;
    private final int[] order;

    /** Edge {@code e} leads from vertex {@code from[e]} to {@code to[e]}. */
    PictureLayers(int vertices, int[] from, int[] to) {
        this.from = from;
        this.to = to;
        upwards = new boolean[from.length];
        layer = new int[vertices];
        order = new int[vertices];
        for (int v = 0; v < vertices; v++) {
            out.add(new ArrayList<>());
            in.add(new ArrayList<>());
        }
        for (int e = 0; e < from.length; e++) {
            out.get(from[e]).add(e);
            in.get(to[e]).add(e);
        }
        sort();
        for (int v : order) {
            layer[v] = lowestAbove(v) + 1;
        }
        tighten();
    }

    int layer(int vertex) {
        return layer[vertex];
    }

    /** Whether an edge closes a cycle (also one of a vertex to itself). */
    boolean upwards(int edge) {
        return upwards[edge];
    }

    /** Depth first, sources first; what leads to a vertex that is still open leads upwards. */
    private void sort() {
        int vertices = layer.length;
        int[] next = new int[vertices];
        boolean[] open = new boolean[vertices];
        boolean[] seen = new boolean[vertices];
        int[] stack = new int[vertices];
        int place = vertices;
        for (int root : roots()) {
            int depth = 0;
            if (!seen[root]) {
                seen[root] = true;
                open[root] = true;
                stack[depth++] = root;
            }
            while (depth > 0) {
                int v = stack[depth - 1];
                if (next[v] == out.get(v).size()) {
                    open[v] = false;
                    order[--place] = v;
                    depth--;
                    continue;
                }
                int edge = out.get(v).get(next[v]++);
                int w = to[edge];
                upwards[edge] = open[w];
                if (!seen[w]) {
                    seen[w] = true;
                    open[w] = true;
                    stack[depth++] = w;
                }
            }
        }
    }

    private int[] roots() {
        int[] roots = new int[layer.length];
        int count = 0;
        for (boolean source : new boolean[] {true, false}) {
            for (int v = 0; v < layer.length; v++) {
                if (in.get(v).isEmpty() == source) {
                    roots[count++] = v;
                }
            }
        }
        return roots;
    }

    /** Moves each vertex to where its edges are short: a source down to what it feeds. */
    private void tighten() {
        for (int i = order.length - 1; i >= 0; i--) {
            int v = order[i];
            int highest = highestBelow(v);
            if (highest != Integer.MAX_VALUE && in.get(v).size() <= out.get(v).size()) {
                layer[v] = highest - 1;
            }
        }
        for (int v : order) {
            int lowest = lowestAbove(v);
            if (lowest >= 0 && in.get(v).size() >= out.get(v).size()) {
                layer[v] = lowest + 1;
            }
        }
    }

    private int lowestAbove(int v) {
        int lowest = -1;
        for (int e : in.get(v)) {
            lowest = upwards[e] ? lowest : Math.max(lowest, layer[from[e]]);
        }
        return lowest;
    }

    private int highestBelow(int v) {
        int highest = Integer.MAX_VALUE;
        for (int e : out.get(v)) {
            highest = upwards[e] ? highest : Math.min(highest, layer[to[e]]);
        }
        return highest;
    }

    /** For each vertex the smallest vertex of its connected part. */
    static int[] parts(int vertices, int[] from, int[] to) {
        int[] part = new int[vertices];
        Arrays.setAll(part, v -> v);
        for (int e = 0; e < from.length; e++) {
            int a = root(part, from[e]);
            int b = root(part, to[e]);
            part[Math.max(a, b)] = Math.min(a, b);
        }
        for (int v = 0; v < vertices; v++) {
            part[v] = root(part, v);
        }
        return part;
    }

    private static int root(int[] part, int start) {
        int v = start;
        while (part[v] != v) {
            part[v] = part[part[v]];
            v = part[v];
        }
        return v;
    }
}
