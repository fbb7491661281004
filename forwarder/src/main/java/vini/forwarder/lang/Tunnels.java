package vini.forwarder.lang;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Connections between elements, some of which pass through the walls of compounds and groups; in
 * the end they go straight from element to element. A connection that is there twice counts once,
 * one that runs in a circle without an element on it not at all.
 *
 * <p>An end is an element's number, or {@code ~t} for passage t.
 */
final class Tunnels {
    /** How many connections there may be. */
    private static final int CONNECTIONS_MAX = 2_000_000;

    /** How many connections there may be with those inside of compounds, and steps along them. */
    private static final int STEPS_MAX = 4_000_000;

    private static final int UNKNOWN = -1;
    private static final int NOWHERE = -2;
    private static final int PENDING = -3;

    private record Edge(int from, int output, int to, int input, Place place) {}

    private record Wire(int from, int output, int to, int input) {}

    private final List<Edge> edges = new ArrayList<>();
    private int passages;

    /** For each passage the first of the edges that leave it, in {@link #leaving}. */
    private int[] first = new int[0];

    private int[] leaving = new int[0];

    /** Where each passage leads: an edge to an element, a passage with several exits, nowhere. */
    private int[] exit = new int[0];

    /** New passages for so many ports; returns the first one's number. */
    int add(int ports) {
        int base = passages;
        passages += ports;
        return base;
    }

    /** Connects two ends; for a tunnel the end is that of its port 0. */
    void wire(int from, int output, int to, int input, Place place) throws Refusal {
        if (edges.size() >= STEPS_MAX) {
            throw tooMany(place);
        }
        edges.add(
                new Edge(
                        from < 0 ? from - output : from,
                        output,
                        to < 0 ? to - input : to,
                        input,
                        place));
    }

    private static Refusal tooMany(Place place) {
        return new Refusal(place, "the connections unfold to more than " + CONNECTIONS_MAX);
    }

    /** All connections from element to element. */
    List<GraphText.Connection> connections(List<GraphText.Declaration> elements) throws Refusal {
        sortByPassage();
        exit = new int[passages];
        Arrays.fill(exit, UNKNOWN);
        int[] seen = new int[passages];
        Set<Wire> there = new LinkedHashSet<>();
        List<GraphText.Connection> connections = new ArrayList<>();
        Deque<Integer> open = new ArrayDeque<>();
        int steps = 0;
        for (int e = 0; e < edges.size(); e++) {
            Edge source = edges.get(e);
            if (source.from < 0) {
                continue;
            }
            open.push(e);
            while (!open.isEmpty()) {
                if (++steps > STEPS_MAX) {
                    throw tooMany(source.place);
                }
                Edge edge = edges.get(open.pop());
                if (edge.to >= 0) {
                    if (there.size() == CONNECTIONS_MAX) {
                        throw tooMany(source.place);
                    }
                    if (there.add(new Wire(source.from, source.output, edge.to, edge.input))) {
                        connections.add(
                                new GraphText.Connection(
                                        elements.get(source.from).name(),
                                        source.output,
                                        elements.get(edge.to).name(),
                                        edge.input,
                                        source.place));
                    }
                    continue;
                }
                int found = follow(~edge.to);
                if (found >= 0) {
                    open.push(found);
                } else if (found < PENDING && seen[branch(found)] != e + 1) {
                    int passage = branch(found);
                    seen[passage] = e + 1;
                    for (int i = first[passage + 1] - 1; i >= first[passage]; i--) {
                        open.push(leaving[i]);
                    }
                }
            }
        }
        return connections;
    }

    private void sortByPassage() {
        first = new int[passages + 2];
        for (Edge edge : edges) {
            if (edge.from < 0) {
                first[~edge.from + 2]++;
            }
        }
        for (int i = 2; i < first.length; i++) {
            first[i] += first[i - 1];
        }
        leaving = new int[first[passages + 1]];
        for (int e = 0; e < edges.size(); e++) {
            if (edges.get(e).from < 0) {
                leaving[first[~edges.get(e).from + 1]++] = e;
            }
        }
    }

    /**
     * Follows passages that have one exit to their end, and remembers it for all of them, so that a
     * long row of passages is walked once.
     */
    private int follow(int start) {
        Deque<Integer> way = new ArrayDeque<>();
        int passage = start;
        int end = UNKNOWN;
        while (end == UNKNOWN) {
            int exits = first[passage + 1] - first[passage];
            if (exit[passage] != UNKNOWN) {
                end = exit[passage] == PENDING ? NOWHERE : exit[passage];
            } else if (exits == 0) {
                end = NOWHERE;
            } else if (exits > 1) {
                end = branch(passage);
            } else {
                exit[passage] = PENDING;
                way.push(passage);
                int to = edges.get(leaving[first[passage]]).to;
                if (to >= 0) {
                    end = leaving[first[passage]];
                } else {
                    passage = ~to;
                }
            }
        }
        for (int walked : way) {
            exit[walked] = end;
        }
        return end;
    }

    /** The number that stands for a passage with several exits, and back. */
    private static int branch(int passage) {
        return -4 - passage;
    }
}
