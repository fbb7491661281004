package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The way of a flow through the FIBs at a moment.
 *
 * @param nodes the nodes that it comes through, the first one included
 * @param trouble why it did not arrive: {@code no route at kscy}; null if it did
 */
public record Walk(List<String> nodes, @Nullable String trouble) {
    public Walk {
        nodes = List.copyOf(nodes);
    }

    public boolean arrives() {
        return trouble == null;
    }

    /** Whether it goes from one of these directly to the other. */
    public boolean crosses(String a, String b) {
        for (int i = 1; i < nodes.size(); i++) {
            String x = nodes.get(i - 1);
            String y = nodes.get(i);
            if ((x.equals(a) && y.equals(b)) || (x.equals(b) && y.equals(a))) {
                return true;
            }
        }
        return false;
    }
}
