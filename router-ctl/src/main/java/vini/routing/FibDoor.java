package vini.routing;

import java.util.List;

/** The way of one node's routes into its FIB. */
public interface FibDoor {
    /** Applies the changes as one transaction: no packet sees a part of them. Never blocks. */
    void apply(List<RouteChange> transaction);

    /** Who can tell at any time all that was applied, so that the door need not keep it. */
    interface Source {
        /** What should be in the FIB now, by prefix. */
        List<RouteChange.Install> installs();
    }

    /** Names the source; before the first {@link #apply}. */
    default void source(Source source) {}
}
