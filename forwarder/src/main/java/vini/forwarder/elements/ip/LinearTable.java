package vini.forwarder.elements.ip;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;

import java.util.Comparator;
import java.util.List;

/** Finds routes by looking at one after the other, longest prefix first. */
abstract class LinearTable extends IpRouteTable {
    private List<IpRoute> routes = List.of();
    private int[] masks = {};
    private int[] addresses = {};
    private boolean changed;

    @Override
    protected final @Nullable IpRoute find(int address) {
        if (changed) {
            sort();
        }
        for (int i = 0; i < masks.length; i++) {
            if ((address & masks[i]) == addresses[i]) {
                return routes.get(i);
            }
        }
        return null;
    }

    private void sort() {
        Comparator<IpRoute> longestFirst = Comparator.comparingInt(r -> -r.prefix().length());
        routes = table().values().stream().sorted(longestFirst).toList();
        masks = routes.stream().mapToInt(r -> Ipv4Address.mask(r.prefix().length())).toArray();
        addresses = routes.stream().mapToInt(r -> bits(r.prefix())).toArray();
        changed = false;
    }

    @Override
    protected void added(IpRoute route, @Nullable IpRoute old) {
        changed = true;
    }

    @Override
    protected void removed(IpRoute route) {
        changed = true;
    }
}
