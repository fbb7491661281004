package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends each packet by the longest prefix that contains its destination annotation, found in one
 * step or two, however many routes there are: a table with a slot for each /24, and blocks of 256
 * addresses for those /24 that have longer prefixes (DIR-24-8 of Gupta, Lin and McKeown, INFOCOM
 * 1998). The first table takes 32 MB.
 *
 * <pre>{@code
 * rt :: DirectIPLookup(18.26.4.24/32 0, 18.26.4/24 1, 0/0 18.26.4.1 1);
 * }</pre>
 *
 * <p>Arguments and handlers are those of RadixIPLookup, and {@code flush} (write: takes out all
 * routes). It has room for 32767 different next hops, and for as many /24 with longer prefixes.
 */
@AutoService(Element.class)
@ElementClass(name = "DirectIPLookup", ports = "1/-", processing = "h/h")
public final class DirectIpLookup extends IpRouteTable {
    private static final int BLOCK = 256;
    private static final int BLOCK_FLAG = 0x8000;
    private static final int NUMBERS_MAX = 0x7fff;

    /** Where a route leads, which many routes have in common. */
    private record Way(List<Ipv4Address> gateways, int output) {
        static Way of(IpRoute route) {
            return new Way(route.gateways(), route.output());
        }
    }

    /** A way in use: its number in the tables, a route that has it, and how many have. */
    private static final class Use {
        final int number;
        int routes;

        Use(int number) {
            this.number = number;
        }
    }

    private final Map<Way, Use> uses =
            new LinkedHashMap<>(); // never walked, so order does not matter
    private @Nullable IpRoute[] ways = new @Nullable IpRoute[16];
    private final Numbers wayNumbers = new Numbers();

    /** For each /24: 0 no route, the number of a way, or that of a block with the highest bit. */
    private char[] slots = {};

    private char[] blocks = {};
    private final Numbers blockNumbers = new Numbers();

    /** Numbers from 1 on, the free ones used again. */
    private static final class Numbers {
        private final List<Integer> free = new ArrayList<>();
        private int next = 1;

        int take() {
            return free.isEmpty() ? next++ : free.removeLast();
        }

        void give(int number) {
            free.add(number);
        }

        int left() {
            return NUMBERS_MAX + 1 - next + free.size();
        }
    }

    @Override
    protected @Nullable IpRoute find(int address) {
        if (slots.length == 0) {
            return null;
        }
        int slot = slots[address >>> 8];
        return ways[(slot & BLOCK_FLAG) == 0 ? slot : blocks[at(slot) + (address & 0xff)]];
    }

    private static int at(int slot) {
        return (slot & ~BLOCK_FLAG) * BLOCK;
    }

    @Override
    protected void checkRoom(int more) throws HandlerException {
        super.checkRoom(more);
        if (wayNumbers.left() < more || blockNumbers.left() < more) {
            throw new HandlerException(
                    "the table is full: "
                            + NUMBERS_MAX
                            + " next hops, or /24 with longer prefixes");
        }
    }

    @Override
    protected void added(IpRoute route, @Nullable IpRoute old) {
        if (slots.length == 0) {
            slots = new char[1 << 24];
        }
        Use use = uses.computeIfAbsent(Way.of(route), way -> new Use(wayNumbers.take()));
        use.routes++;
        if (use.number >= ways.length) {
            ways = Arrays.copyOf(ways, ways.length * 2);
        }
        ways[use.number] = route;
        repaint(route.prefix());
        if (old != null) {
            release(old);
        }
    }

    @Override
    protected void removed(IpRoute route) {
        repaint(route.prefix());
        release(route);
    }

    private void release(IpRoute route) {
        Use use = uses.get(Way.of(route));
        if (use != null && --use.routes == 0) {
            uses.remove(Way.of(route));
            ways[use.number] = null;
            wayNumbers.give(use.number);
        }
    }

    private char number(@Nullable IpRoute route) {
        Use use = route == null ? null : uses.get(Way.of(route));
        return (char) (use == null ? 0 : use.number);
    }

    /** Fills the slots of a prefix anew: what covers it, then what it contains, longest last. */
    private void repaint(Prefix prefix) {
        fill(prefix, number(covering(prefix)));
        for (IpRoute route : table().tailMap(prefix, true).values()) {
            if (!prefix.contains(route.prefix())) {
                break;
            }
            fill(route.prefix(), number(route));
        }
        if (prefix.length() > 24) {
            shrink(bits(prefix) >>> 8);
        }
    }

    private void fill(Prefix prefix, char value) {
        int first = bits(prefix) >>> 8;
        if (prefix.length() <= 24) {
            int end = first + (1 << (24 - prefix.length()));
            for (int i = first; i < end; i++) {
                if ((slots[i] & BLOCK_FLAG) != 0) {
                    blockNumbers.give(slots[i] & ~BLOCK_FLAG);
                }
                slots[i] = value;
            }
            return;
        }
        if ((slots[first] & BLOCK_FLAG) == 0) {
            slots[first] = block(slots[first]);
        }
        int from = at(slots[first]) + (bits(prefix) & 0xff);
        Arrays.fill(blocks, from, from + (1 << (32 - prefix.length())), value);
    }

    /** A block of its own for a slot that had one value. */
    private char block(char value) {
        int number = blockNumbers.take();
        int from = number * BLOCK;
        if (from + BLOCK > blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(4 * BLOCK, blocks.length * 2));
        }
        Arrays.fill(blocks, from, from + BLOCK, value);
        return (char) (BLOCK_FLAG | number);
    }

    /** Gives a block back that has one value only. */
    private void shrink(int slot) {
        if ((slots[slot] & BLOCK_FLAG) == 0) {
            return;
        }
        int from = at(slots[slot]);
        char value = blocks[from];
        for (int i = from; i < from + BLOCK; i++) {
            if (blocks[i] != value) {
                return;
            }
        }
        blockNumbers.give(slots[slot] & ~BLOCK_FLAG);
        slots[slot] = value;
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        handlers.write("flush", value -> flush());
    }
}
