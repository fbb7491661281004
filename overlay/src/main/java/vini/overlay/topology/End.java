package vini.overlay.topology;

/** One of the two ends of a link, in the order of its {@code between}. */
public enum End {
    A,
    B;

    public End other() {
        return this == A ? B : A;
    }
}
