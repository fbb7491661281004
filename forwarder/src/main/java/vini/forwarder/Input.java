package vini.forwarder;

import org.jspecify.annotations.Nullable;

import vini.forwarder.offload.PartialChecksum;

/** A pull input port: where packets are asked for. */
public final class Input {
    private Element source;
    private int port;

    private final @Nullable Tap own;
    private @Nullable Tap tap;

    /** If whoever asks wants complete packets only, and others may come by here. */
    private final @Nullable PartialChecksum completion;

    Input(Element source, int port, @Nullable Tap tap, @Nullable PartialChecksum completion) {
        this.source = source;
        this.port = port;
        this.own = tap;
        this.tap = tap;
        this.completion = completion;
    }

    /** From now on that one, too, sees each packet that comes here; null: none but its own. */
    void watch(@Nullable Tap watcher) {
        tap = Tap.both(own, watcher);
    }

    /** The next packet, owned by the caller, or null if there is none now. */
    public @Nullable Packet pull() {
        Packet packet = source.pull(port);
        if (packet != null && completion != null) {
            packet = completion.complete(packet);
        }
        if (packet != null && tap != null) {
            tap.passes(packet);
        }
        return packet;
    }

    /** From now on another element is asked. */
    void leadTo(Element element) {
        source = element;
        port = 0;
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
