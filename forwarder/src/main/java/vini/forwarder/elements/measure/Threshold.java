package vini.forwarder.elements.measure;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.HandlerCall;

/**
 * What happens when a number has become so large: the run stops, counting freezes, or a handler is
 * written.
 *
 * @param at the number; {@link #NEVER} for never
 * @param call the handler, for {@link What#CALL}
 */
record Threshold(long at, What what, @Nullable HandlerCall call) {
    /** The kinds. */
    enum What {
        STOP,
        FREEZE,
        CALL
    }

    static final long NEVER = Long.MAX_VALUE;
    static final Threshold NONE = new Threshold(NEVER, What.CALL, null);

    /** Reads {@code PREFIX_STOP}, {@code PREFIX_FREEZE} and {@code PREFIX_CALL}, of which one. */
    static Threshold read(Arguments arguments, String prefix) throws ConfigException {
        long stop = arguments.keyword(prefix + "_STOP", Threshold::number, NEVER);
        long freeze = arguments.keyword(prefix + "_FREEZE", Threshold::number, NEVER);
        Threshold call = arguments.keyword(prefix + "_CALL", Threshold::parseCall, NONE);
        int given =
                (stop != NEVER ? 1 : 0) + (freeze != NEVER ? 1 : 0) + (call.at != NEVER ? 1 : 0);
        if (given > 1) {
            throw new ConfigException(
                    "%s_STOP, %s_FREEZE and %s_CALL exclude each other"
                            .formatted(prefix, prefix, prefix));
        }
        if (stop != NEVER) {
            return new Threshold(stop, What.STOP, null);
        }
        return freeze != NEVER ? new Threshold(freeze, What.FREEZE, null) : call;
    }

    private static long number(String text) {
        return ArgumentTypes.integer(0L, Long.MAX_VALUE - 1).apply(text);
    }

    /** Reads {@code N HANDLER [VALUE]}; nothing is never. */
    static Threshold parseCall(String text) {
        String plain = ArgumentTypes.string(text).strip();
        if (plain.isEmpty()) {
            return NONE;
        }
        String[] words = plain.split("\\s+", 2);
        if (words.length < 2) {
            throw new IllegalArgumentException("'" + text + "' is not N HANDLER [VALUE]");
        }
        return new Threshold(number(words[0]), What.CALL, HandlerCall.parse(words[1]));
    }

    /** Whether it is for {@code number} now. */
    boolean isReached(long number) {
        return number >= at;
    }

    /** The call as it was given; empty if it is another kind. */
    String callText() {
        return call == null ? "" : at + " " + call;
    }
}
