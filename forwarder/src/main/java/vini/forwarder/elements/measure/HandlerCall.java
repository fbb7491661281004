package vini.forwarder.elements.measure;

import vini.forwarder.Chatter;
import vini.forwarder.Graph;
import vini.forwarder.HandlerException;

/**
 * A write to a handler that an element does by itself, given as {@code ELEMENT.HANDLER [VALUE]};
 * the element is looked for in the compound element of the asker first, and then outside of it.
 */
record HandlerCall(String path, String value) {
    /** Reads it from an argument. */
    static HandlerCall parse(String text) {
        String[] words = text.strip().split("\\s+", 2);
        if (words[0].isEmpty()) {
            throw new IllegalArgumentException("a handler is missing, such as counter.reset");
        }
        return new HandlerCall(words[0], words.length > 1 ? words[1] : "");
    }

    /** Does it; what goes wrong is told to the user. */
    void write(Graph graph, String asker, String expandedValue) {
        String scope = asker;
        while (true) {
            int slash = scope.lastIndexOf('/');
            scope = slash < 0 ? "" : scope.substring(0, slash);
            try {
                String full = scope.isEmpty() ? path : scope + "/" + path;
                graph.handlerSpace().write(full, expandedValue);
                return;
            } catch (HandlerException e) {
                if (scope.isEmpty() || e.kind() != HandlerException.Kind.NO_SUCH_ELEMENT) {
                    graph.shared()
                            .get(Chatter.class, Chatter::new)
                            .line(asker + ": " + e.getMessage());
                    return;
                }
            }
        }
    }

    @Override
    public String toString() {
        return value.isEmpty() ? path : path + " " + value;
    }
}
