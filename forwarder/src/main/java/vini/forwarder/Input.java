package vini.forwarder;

import org.jspecify.annotations.Nullable;

/** A pull input port: where packets are asked for. */
public final class Input {
    private final Element source;
    private final int port;

    Input(Element source, int port) {
        this.source = source;
        this.port = port;
    }

    /** The next packet, owned by the caller, or null if there is none now. */
    public @Nullable Packet pull() {
        return source.pull(port);
    }

    /** The element that is asked. */
    Element source() {
        return source;
    }

    /** Its output. */
    int port() {
        return port;
    }
}
