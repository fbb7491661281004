package vini.routing.ospf;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The last events of a router, told on to a listener, and the count of what it threw away. */
final class EventHistory {
    private static final int EVENTS_MAX = 1000;
    private static final long DROPS_TOLD_EVERY_NANOS = 1_000_000_000L;

    private final OspfListener listener;
    private final ArrayDeque<OspfEvent> events = new ArrayDeque<>();
    private final EnumMap<DropReason, Long> drops = new EnumMap<>(DropReason.class);
    private long nextDropToldAt = Long.MIN_VALUE;

    EventHistory(OspfListener listener) {
        this.listener = listener;
    }

    void add(OspfEvent event) {
        if (events.size() == EVENTS_MAX) {
            events.removeFirst();
        }
        events.addLast(event);
        listener.happened(event);
    }

    void drop(long now, int link, DropReason reason, String detail) {
        drops.merge(reason, 1L, Long::sum);
        if (now >= nextDropToldAt) {
            nextDropToldAt = now + DROPS_TOLD_EVERY_NANOS;
            add(new OspfEvent.Dropped(now, link, reason, detail));
        }
    }

    List<OspfEvent> events() {
        return new ArrayList<>(events);
    }

    /** All reasons that occurred, in the order of the enum. */
    Map<DropReason, Long> drops() {
        return new EnumMap<>(drops);
    }
}
