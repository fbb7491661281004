package vini.overlay.importer;

import org.jspecify.annotations.Nullable;

/**
 * Something that the file lets happen to a link or a node.
 *
 * @param atNanos since the start
 * @param node where it is a node's
 * @param setKey a property of the link, with {@code setValue} its new value
 */
record DraftEvent(
        long atNanos,
        Kind kind,
        @Nullable DraftLink link,
        @Nullable DraftNode node,
        String setKey,
        String setValue) {
    enum Kind {
        /** The ends are told. */
        FAIL,
        /** Packets vanish, and the routers find out. */
        FAIL_SILENT,
        RESTORE,
        SET
    }

    static DraftEvent of(long atNanos, Kind kind, DraftLink link) {
        return new DraftEvent(atNanos, kind, link, null, "", "");
    }

    static DraftEvent of(long atNanos, Kind kind, DraftNode node) {
        return new DraftEvent(atNanos, kind, null, node, "", "");
    }

    static DraftEvent set(long atNanos, DraftLink link, String key, String value) {
        return new DraftEvent(atNanos, Kind.SET, link, null, key, value);
    }
}
