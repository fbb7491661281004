package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Sends each packet by the longest prefix that contains its destination annotation, found by binary
 * search among ranges of addresses that have one route each. Its table is small (12 bytes for a
 * range, at most two ranges for a route), and it is made anew before the first packet after a
 * change, so that many changes at once ({@code ctrl}) are cheaper than many single ones.
 *
 * <pre>{@code
 * rt :: RangeIPLookup(18.26.4.24/32 0, 18.26.4/24 1, 0/0 18.26.4.1 1);
 * }</pre>
 *
 * <p>Arguments and handlers are those of RadixIPLookup, and {@code flush} (write: takes out all
 * routes).
 */
@AutoService(Element.class)
@ElementClass(name = "RangeIPLookup", ports = "1/-", processing = "h/h")
public final class RangeIpLookup extends IpRouteTable {
    /** Signed order is the order of addresses if the highest bit is turned round. */
    private static final int TURN = 0x80000000;

    private int[] starts = {};
    private @Nullable IpRoute[] routes = {};
    private int ranges;
    private boolean changed;

    @Override
    protected @Nullable IpRoute find(int address) {
        if (changed) {
            build();
        }
        int at = Arrays.binarySearch(starts, 0, ranges, address ^ TURN);
        int range = at >= 0 ? at : -at - 2;
        return range < 0 ? null : routes[range];
    }

    @Override
    protected void added(IpRoute route, @Nullable IpRoute old) {
        changed = true;
    }

    @Override
    protected void removed(IpRoute route) {
        changed = true;
    }

    /** Walks over the routes by address; those that contain the place are on a stack. */
    private void build() {
        changed = false;
        ranges = 0;
        starts = new int[2 * table().size() + 1];
        routes = new @Nullable IpRoute[starts.length];
        Deque<IpRoute> open = new ArrayDeque<>();
        for (IpRoute route : table().values()) {
            closeUntil(open, route);
            begin(bits(route.prefix()), route);
            open.push(route);
        }
        closeUntil(open, null);
    }

    /** Ends the ranges of routes that do not contain the next one (or of all, at the end). */
    private void closeUntil(Deque<IpRoute> open, @Nullable IpRoute next) {
        while (!open.isEmpty()
                && (next == null || !open.element().prefix().contains(next.prefix()))) {
            int last = lastBits(open.pop().prefix());
            if (last != -1) {
                begin(last + 1, open.peek());
            }
        }
    }

    private void begin(int address, @Nullable IpRoute route) {
        int start = address ^ TURN;
        if (ranges > 0 && starts[ranges - 1] == start) {
            ranges--;
        }
        starts[ranges] = start;
        routes[ranges++] = route;
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        handlers.write("flush", value -> flush());
    }
}
