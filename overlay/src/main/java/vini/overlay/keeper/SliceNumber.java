package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;

import vini.overlay.host.UnderlaySlot;

import java.io.IOException;

/** A slice's number on this machine, 0-255, which is taken when something needs it. */
final class SliceNumber {
    private final Holdings held;
    private @Nullable UnderlaySlot taken;

    /** A number that is given back with the others' things. */
    SliceNumber(Holdings held) {
        this.held = held;
    }

    /** The number; always the same. */
    int get() throws IOException {
        UnderlaySlot slot = taken;
        if (slot == null) {
            slot = UnderlaySlot.take();
            held.add(slot::close);
            taken = slot;
        }
        return slot.number();
    }
}
