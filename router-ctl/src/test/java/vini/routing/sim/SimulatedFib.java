package vini.routing.sim;

import vini.net.Prefix;
import vini.routing.FibDoor;
import vini.routing.NextHop;
import vini.routing.RouteChange;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A FIB that remembers what it was told, and when. */
public final class SimulatedFib implements FibDoor {
    /** Hears each transaction. */
    public interface Watcher {
        void applied(List<RouteChange> transaction);
    }

    private final Watcher watcher;
    private final TreeMap<Prefix, List<NextHop>> routes = new TreeMap<>();

    public SimulatedFib(Watcher watcher) {
        this.watcher = watcher;
    }

    @Override
    public void apply(List<RouteChange> transaction) {
        for (RouteChange change : transaction) {
            switch (change) {
                case RouteChange.Install install ->
                        routes.put(install.prefix(), install.nextHops());
                case RouteChange.Withdraw withdraw -> {
                    if (routes.remove(withdraw.prefix()) == null) {
                        throw new IllegalStateException(withdraw + " was not there");
                    }
                }
            }
        }
        watcher.applied(transaction);
    }

    /** By prefix. */
    public SortedMap<Prefix, List<NextHop>> routes() {
        return routes;
    }
}
