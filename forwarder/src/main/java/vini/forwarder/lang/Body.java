package vini.forwarder.lang;

import java.util.List;
import java.util.Map;

/**
 * The statements of a file or of a compound element as they were understood: each element has its
 * name, each connection its two ends.
 *
 * <p>The ends of a {@link Wire} are numbers: the index of a part, or {@code ~t} for tunnel t, a
 * place that connections pass through. Tunnel 0 is {@code input}, tunnel 1 is {@code output}; each
 * group of elements has two more.
 *
 * @param tunnels how many ports each tunnel has
 */
record Body(
        Scope scope,
        List<Part> parts,
        List<Wire> wires,
        List<Integer> tunnels,
        Map<String, Define> defines) {
    /**
     * An element.
     *
     * @param inputs how many input ports are used, and {@code outputs} likewise
     */
    record Part(
            String name,
            ElementType type,
            String configuration,
            int inputs,
            int outputs,
            Place place) {}

    record Wire(int from, int output, int to, int input, Place place) {}

    record Define(String value, Place place) {}

    int inputs() {
        return tunnels.get(0);
    }

    int outputs() {
        return tunnels.get(1);
    }
}
