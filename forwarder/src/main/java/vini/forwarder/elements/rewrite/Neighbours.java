package vini.forwarder.elements.rewrite;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Element;
import vini.forwarder.Graph;

/** Finds other elements by the names that a configuration has for them. */
final class Neighbours {
    private Neighbours() {}

    /**
     * The element of that name and type, first in the compound element in which {@code from}
     * stands, then in those around it.
     */
    static <T> @Nullable T find(Graph graph, String from, @Nullable String name, Class<T> type) {
        String scope = from;
        do {
            scope = scope.substring(0, scope.lastIndexOf('/') + 1);
            Element found = graph.find(scope + name, Element.class);
            if (type.isInstance(found)) {
                return type.cast(found);
            }
            scope = scope.isEmpty() ? "" : scope.substring(0, scope.length() - 1);
        } while (!scope.isEmpty());
        Element outermost = graph.find("" + name, Element.class);
        return type.isInstance(outermost) ? type.cast(outermost) : null;
    }
}
