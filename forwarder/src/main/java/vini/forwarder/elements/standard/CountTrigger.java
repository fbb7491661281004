package vini.forwarder.elements.standard;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Graph;
import vini.forwarder.HandlerCall;
import vini.forwarder.HandlerException;

/** Writes a handler when a count reaches a number: Counter's {@code N HANDLER [VALUE]}. */
final class CountTrigger {
    static final CountTrigger NONE = new CountTrigger(0, null);

    private final long at;
    private final @Nullable HandlerCall call;

    private CountTrigger(long at, @Nullable HandlerCall call) {
        this.at = at;
        this.call = call;
    }

    /** Reads {@code N HANDLER [VALUE]}; without a handler nothing is written. */
    static CountTrigger parse(String text) {
        String[] parts = text.strip().split("\\s+", 2);
        long at = ArgumentTypes.integer(0L, Long.MAX_VALUE).apply(parts[0]);
        return new CountTrigger(at, parts.length < 2 ? null : HandlerCall.parse(parts[1]));
    }

    /** Whether it waits for a count. */
    boolean isSet() {
        return call != null;
    }

    /** Whether a count that went from {@code before} to {@code after} reached the number. */
    boolean isReached(long before, long after) {
        return call != null && before < at && after >= at;
    }

    void write(Graph graph, String caller) throws HandlerException {
        if (call != null) {
            call.write(graph, caller);
        }
    }
}
