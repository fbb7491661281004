package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;

import vini.overlay.graph.Tunnels;
import vini.overlay.host.UnderlaySlot;
import vini.overlay.topology.TunnelsMode;
import vini.overlay.world.Holdings;

import java.io.IOException;

/** A slice's number on this machine, 0-255, which is taken when something needs it. */
final class SliceNumber {
    private final Holdings held;
    private @Nullable UnderlaySlot taken;

    /** A number that is given back with the others' things. */
    SliceNumber(Holdings held) {
        this.held = held;
    }

    /** How the ends of links reach each other, if so wanted by sockets that only this slice has. */
    Tunnels tunnels(TunnelsMode mode) throws IOException {
        return mode == TunnelsMode.UDP ? new Tunnels.Udp(get()) : new Tunnels.Direct();
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
