package vini.routing.ospf;

import org.jspecify.annotations.Nullable;

import vini.net.Prefix;

/**
 * Lets the routers of a process share equal prefixes. It is a table with one place per hash: who
 * comes later takes the place, and the loser is only no longer shared.
 */
final class PrefixPool {
    private static final int PLACES = 1 << 17;

    private final @Nullable Prefix[] places = new @Nullable Prefix[PLACES];

    /** The prefix of a {@link RouteTable#key}. */
    Prefix of(long key) {
        int place = RouteTable.hash(key) & PLACES - 1;
        Prefix known = places[place];
        if (known != null && RouteTable.key(known) == key) {
            return known;
        }
        Prefix prefix = RouteTable.prefix(key);
        places[place] = prefix;
        return prefix;
    }
}
