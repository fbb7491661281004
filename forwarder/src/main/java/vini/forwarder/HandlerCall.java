package vini.forwarder;

/**
 * A write of a handler that an element makes when something has come about, as its configuration
 * says: {@code HANDLER [VALUE]}. The handler's element is looked for beside the one that calls,
 * then in the compound elements around it.
 */
public final class HandlerCall {
    private final String path;
    private final String value;

    private HandlerCall(String path, String value) {
        this.path = path;
        this.value = value;
    }

    /** Reads {@code ELEMENT.HANDLER VALUE}; without an element it is a handler of the graph. */
    public static HandlerCall parse(String text) {
        String[] parts = text.strip().split("\\s+", 2);
        if (parts[0].isEmpty()) {
            throw new IllegalArgumentException("a handler is missing: write ELEMENT.HANDLER VALUE");
        }
        String value = parts.length > 1 ? ArgumentTypes.string(parts[1]) : "";
        return new HandlerCall(parts[0], value);
    }

    /** Writes the handler, as the element of that name asks. */
    public void write(Graph graph, String caller) throws HandlerException {
        int dot = path.lastIndexOf('.');
        if (dot < 0) {
            graph.handlers().write(path, value, "");
            return;
        }
        String element = path.substring(0, dot);
        String scope = caller;
        while (!scope.isEmpty()) {
            scope = scope.substring(0, scope.lastIndexOf('/', scope.length() - 2) + 1);
            if (graph.find(scope + element, Element.class) != null) {
                graph.write(scope + element, path.substring(dot + 1), value);
                return;
            }
        }
        graph.write(element, path.substring(dot + 1), value);
    }

    @Override
    public String toString() {
        return value.isEmpty() ? path : path + " " + value;
    }
}
