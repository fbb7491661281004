package vini.forwarder.elements.measure;

import vini.forwarder.Packet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets no fragment pass before the first one of its packet, which has the ports, and no packet
 * before a fragment between the same addresses that came earlier. Time is that of the packets.
 */
final class FragmentOrder {
    private static final int HELD_MAX = 4096;
    private static final int PAIRS_MAX = 1 << 16;

    /** What becomes of packets. */
    interface Exit {
        /** A packet that has its ports, if any of its kind has. */
        void whole(Packet packet, int ip);

        /** A later fragment whose ports are known. */
        void fragment(Packet packet, int ip, int ports);

        /** A fragment whose first one has not come in time. */
        void lost(Packet packet);
    }

    /** Two addresses and a protocol, in no direction. */
    private record Pair(int protocol, int low, int high) {
        static Pair of(Packet packet, int ip) {
            int a = Ipv4View.source(packet, ip);
            int b = Ipv4View.destination(packet, ip);
            return new Pair(Ipv4View.protocol(packet, ip), Math.min(a, b), Math.max(a, b));
        }
    }

    private final Map<Pair, FragmentHold> holds = new LinkedHashMap<>();
    private final Exit exit;
    private final long timeout;
    private final long reapNanos;
    private long reapedNanos = Long.MIN_VALUE;
    private int held;

    /**
     * @param timeout how long a packet waits, in nanoseconds
     * @param reapNanos how often is looked for what has waited too long, at least
     */
    FragmentOrder(Exit exit, long timeout, long reapNanos) {
        this.exit = exit;
        this.timeout = timeout;
        this.reapNanos = Math.min(reapNanos, timeout);
    }

    /** How many packets wait. */
    int held() {
        return held;
    }

    /** Takes a packet of TCP or UDP. */
    void take(Packet packet, int ip) {
        long now = packet.timestampNanos();
        reap(now);
        Pair pair = Pair.of(packet, ip);
        FragmentHold hold = holds.get(pair);
        boolean isFragment =
                Ipv4View.fragmentOffset(packet, ip) != 0 || Ipv4View.moreFragments(packet, ip);
        if (hold == null) {
            if (!isFragment) {
                exit.whole(packet, ip);
                return;
            }
            if (holds.size() >= PAIRS_MAX) {
                exit.lost(packet);
                return;
            }
            hold = new FragmentHold();
            holds.put(pair, hold);
        }
        hold.latestNanos = now;
        if (isFragment
                && Ipv4View.fragmentOffset(packet, ip) == 0
                && Ipv4View.hasPorts(packet, ip)) {
            hold.remember(whole(packet, ip), packet.i32(Ipv4View.payload(packet, ip)));
        }
        if (held >= HELD_MAX) {
            letGo(hold);
        }
        hold.waiting.addLast(packet);
        held++;
        giveWhatCanGo(hold, now);
    }

    private static FragmentHold.Whole whole(Packet packet, int ip) {
        return new FragmentHold.Whole(
                Ipv4View.source(packet, ip),
                Ipv4View.destination(packet, ip),
                Ipv4View.id(packet, ip));
    }

    private void giveWhatCanGo(FragmentHold hold, long now) {
        for (Packet first = hold.waiting.peek(); first != null; first = hold.waiting.peek()) {
            if (waits(hold, first) && now - first.timestampNanos() <= timeout) {
                return;
            }
            hold.waiting.remove();
            give(hold, first);
        }
    }

    private static boolean waits(FragmentHold hold, Packet packet) {
        int ip = packet.networkHeader();
        return Ipv4View.fragmentOffset(packet, ip) != 0 && !hold.knows(whole(packet, ip));
    }

    private void give(FragmentHold hold, Packet packet) {
        held--;
        int ip = packet.networkHeader();
        if (Ipv4View.fragmentOffset(packet, ip) == 0) {
            exit.whole(packet, ip);
        } else if (waits(hold, packet)) {
            exit.lost(packet);
        } else {
            exit.fragment(packet, ip, hold.portsOf(whole(packet, ip)));
        }
    }

    /** Lets all packets of a hold go, as they are. */
    private void letGo(FragmentHold hold) {
        while (!hold.waiting.isEmpty()) {
            give(hold, hold.waiting.remove());
        }
    }

    /** Lets all packets go, as they are. */
    void letGo() {
        holds.values().forEach(this::letGo);
        holds.clear();
    }

    private void reap(long now) {
        if (reapedNanos == Long.MIN_VALUE) {
            reapedNanos = now;
        }
        if (now - reapedNanos > reapNanos || holds.size() >= PAIRS_MAX) {
            reapedNanos = now;
            List.copyOf(holds.values()).forEach(hold -> giveWhatCanGo(hold, now));
            holds.values()
                    .removeIf(hold -> hold.waiting.isEmpty() && now - hold.latestNanos > timeout);
        }
    }

    /** The packets that wait, which it no longer has then. */
    List<Packet> takeAll() {
        List<Packet> all = holds.values().stream().flatMap(hold -> hold.waiting.stream()).toList();
        holds.clear();
        held = 0;
        return all;
    }
}
