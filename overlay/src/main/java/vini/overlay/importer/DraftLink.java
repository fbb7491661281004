package vini.overlay.importer;

import org.jspecify.annotations.Nullable;

import vini.overlay.topology.InterfaceAddress;

/** A link while it is imported. */
final class DraftLink {
    final DraftNode a;
    final DraftNode b;
    final DraftSide forward = new DraftSide();
    final DraftSide backward = new DraftSide();

    /** Whether the file has this direction only, so that backward means nothing. */
    boolean oneWay;

    /** The way of the fibre; negative if the file does not give it. */
    double km = -1;

    /** Bytes; 0: as by default. */
    int mtu;

    @Nullable InterfaceAddress addressA;
    @Nullable InterfaceAddress addressB;

    DraftLink(DraftNode a, DraftNode b) {
        this.a = a;
        this.b = b;
    }

    DraftSide from(DraftNode node) {
        return node == a ? forward : backward;
    }

    /** Applies what holds for both directions, given as that of one. */
    void both() {
        backward.take(forward);
    }

    /** For notes. */
    String shown() {
        return a.label + " - " + b.label;
    }
}
