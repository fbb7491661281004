package vini.routing;

import java.util.List;

/** The way of one node's routes into its FIB. */
public interface FibDoor {
    /** Applies the changes as one transaction: no packet sees a part of them. Never blocks. */
    void apply(List<RouteChange> transaction);
}
