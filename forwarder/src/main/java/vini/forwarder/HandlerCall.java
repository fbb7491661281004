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
        graph.handlerSpaceOf(caller).write(path, value);
    }

    @Override
    public String toString() {
        return value.isEmpty() ? path : path + " " + value;
    }
}
