package vini.forwarder;

import org.jspecify.annotations.Nullable;

/**
 * Sees packets that go by, on the thread that moves them. It owns none of them: it must not change
 * or keep one, nor its bytes.
 */
interface Tap {
    void passes(Packet packet);

    /** Sees what either of them would see; null if there is none. */
    static @Nullable Tap both(@Nullable Tap one, @Nullable Tap other) {
        if (one == null) {
            return other;
        }
        return other == null
                ? one
                : packet -> {
                    one.passes(packet);
                    other.passes(packet);
                };
    }
}
