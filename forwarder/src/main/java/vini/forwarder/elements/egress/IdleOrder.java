package vini.forwarder.elements.egress;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * Sessions by when they were used last: a list that a session moves in without being looked for.
 */
final class IdleOrder {
    /** Where a session stands in one order. */
    static final class Place {
        final Session session;
        private @Nullable IdleOrder order;
        private @Nullable Place older;
        private @Nullable Place newer;

        Place(Session session) {
            this.session = session;
        }

        /** Moves it to the end of its order, if it is in one: the session is used now. */
        void use() {
            if (order != null && this != order.newest) {
                order.moveToEnd(this);
            }
        }
    }

    private @Nullable Place oldest;
    private @Nullable Place newest;
    private int size;

    int size() {
        return size;
    }

    /** The one that is idle for longest, or null. */
    @Nullable Session oldest() {
        return oldest == null ? null : oldest.session;
    }

    /** Puts a session at the end that stands nowhere in this order. */
    void add(Place place) {
        place.order = this;
        place.older = newest;
        place.newer = null;
        if (newest == null) {
            oldest = place;
        } else {
            newest.newer = place;
        }
        newest = place;
        size++;
    }

    void remove(Place place) {
        Place before = place.older;
        Place after = place.newer;
        if (before == null) {
            oldest = after;
        } else {
            before.newer = after;
        }
        if (after == null) {
            newest = before;
        } else {
            after.older = before;
        }
        place.order = null;
        place.older = null;
        place.newer = null;
        size--;
    }

    private void moveToEnd(Place place) {
        remove(place);
        add(place);
    }

    /** Calls with each, the one that is idle for longest first; nothing may be changed in it. */
    void forEach(Consumer<Session> action) {
        for (Place place = oldest; place != null; place = place.newer) {
            action.accept(place.session);
        }
    }
}
