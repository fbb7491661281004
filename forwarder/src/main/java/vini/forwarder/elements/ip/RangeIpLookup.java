package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Handlers;
import vini.net.Ipv4Address;

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
@ElementClass(
        name = "RangeIPLookup",
        ports = "1/-",
        processing = "h/h",
        partialChecksums = PartialChecksums.PASSED,
        drops = "noRoute")
public final class RangeIpLookup extends IpRouteTable {
    /** Signed order is the order of addresses if the highest bit is turned round. */
    private static final int TURN = 0x80000000;

    private int[] starts = {};
    private int[] ways = {};
    private int ranges;
    private boolean changed;

    /** A route that contains the place: where it ends, and its way. */
    private record Open(int last, int way) {}

    @Override
    protected int find(int address) {
        if (changed) {
            build();
        }
        int at = Arrays.binarySearch(starts, 0, ranges, address ^ TURN);
        int range = at >= 0 ? at : -at - 2;
        return range < 0 ? 0 : ways[range];
    }

    @Override
    protected void changed() {
        changed = true;
    }

    /** Walks over the routes by address; those that contain the place are on a stack. */
    private void build() {
        changed = false;
        ranges = 0;
        starts = new int[2 * table().size() + 1];
        ways = new int[starts.length];
        Deque<Open> open = new ArrayDeque<>();
        table().forEach(
                        (bits, length, way) -> {
                            closeUntil(open, bits);
                            begin(bits, way);
                            open.push(new Open(bits | ~Ipv4Address.mask(length), way));
                        });
        while (!open.isEmpty()) {
            close(open);
        }
    }

    /** Ends the ranges of routes that do not contain that address. */
    private void closeUntil(Deque<Open> open, int address) {
        while (!open.isEmpty() && Integer.compareUnsigned(open.element().last, address) < 0) {
            close(open);
        }
    }

    private void close(Deque<Open> open) {
        int last = open.pop().last;
        if (last != -1) {
            Open around = open.peek();
            begin(last + 1, around == null ? 0 : around.way);
        }
    }

    private void begin(int address, int way) {
        int start = address ^ TURN;
        if (ranges > 0 && starts[ranges - 1] == start) {
            ranges--;
        }
        starts[ranges] = start;
        ways[ranges++] = way;
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        handlers.write("flush", value -> flush());
    }
}
