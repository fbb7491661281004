package vini.overlay.world;

import vini.overlay.topology.Link;

/**
 * What carries a virtual link has failed, or works again.
 *
 * @param kind which sign of life was missed
 * @param reason in words: {@code eth1 down}, {@code far end wash silent}
 * @param works whether nothing of that kind is missed any more
 */
public record Underlay(Link link, Kind kind, String reason, boolean works) {
    /** What of an underlay can be missed. */
    public enum Kind {
        /** An interface of the machine has none. */
        CARRIER("carrier"),
        /** Nothing is heard from the far end of the tunnel. */
        FAR_END("far end");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** For people: {@code far end wash silent: nycm-wash}. */
    public String words() {
        return reason + ": " + link.name();
    }

    /** Why the link fails: one cause for each kind, so that each is over by itself. */
    public Cause cause() {
        long kinds = Kind.values().length;
        return new Cause(-1 - kind.ordinal() - kinds * link.number(), Long.MAX_VALUE);
    }
}
