package vini.forwarder.elements.overlay;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Handover;
import vini.forwarder.Loop;
import vini.forwarder.OnTheWay;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The ends of all direct tunnels of a process, and the ways between those on different loops. */
final class TunnelEnds {
    /**
     * A way to an end on another loop.
     *
     * @param end where it leads to
     */
    record Way(Handover packets, DirectTunnel end) {}

    /** What is on its way to an end on another loop, at most. */
    private static final int PACKETS = 4096;

    private final Map<String, DirectTunnel> byName = new ConcurrentHashMap<>();
    private final List<Way> ways = new ArrayList<>();

    TunnelEnds(OnTheWay onTheWay) {
        onTheWay.add(this::settle);
    }

    /** The end of that name, null if there is none now. */
    @Nullable DirectTunnel get(String name) {
        return byName.get(name);
    }

    /** Registers an end, and returns the one that has the name already. */
    @Nullable DirectTunnel add(String name, DirectTunnel end) {
        return byName.putIfAbsent(name, end);
    }

    void replace(String name, DirectTunnel end) {
        byName.put(name, end);
    }

    /** Forgets an end, if it still has the name. */
    void remove(String name, DirectTunnel end) {
        byName.remove(name, end);
    }

    /** A new way from a loop to an end on another one. */
    synchronized Way open(Loop from, DirectTunnel end) {
        Handover packets = new Handover(PACKETS, from, end.home(), end::receive, () -> {});
        Way way = new Way(packets, end);
        ways.add(way);
        return way;
    }

    /** Nobody gives to that way any more. */
    synchronized void forget(Way way) {
        ways.remove(way);
    }

    /** Takes the ways that lead to an end out. */
    synchronized List<Way> takeThoseTo(DirectTunnel end) {
        List<Way> taken = new ArrayList<>();
        for (Iterator<Way> i = ways.iterator(); i.hasNext(); ) {
            Way way = i.next();
            if (way.end.equals(end)) {
                taken.add(way);
                i.remove();
            }
        }
        return taken;
    }

    private synchronized List<Way> all() {
        return List.copyOf(ways);
    }

    /** What is on its way arrives; while the loops stand still. */
    private void settle() {
        for (Way way : all()) {
            if (!way.packets.isEmpty()) {
                way.end.settle(way.packets);
            }
        }
    }
}
