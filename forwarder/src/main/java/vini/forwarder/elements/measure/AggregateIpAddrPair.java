package vini.forwarder.elements.measure;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sets each IPv4 packet's aggregate annotation to the number of its pair of addresses, and its
 * paint to 0 in the direction of the pair's first packet and to 1 in the other. Pairs are numbered
 * from 1 on. Other packets leave by output 1, or are dropped if there is no such output.
 *
 * <ul>
 *   <li>TIMEOUT: after how long a pause, by the packets' timestamps, a pair is forgotten and gets a
 *       new number (seconds or with a unit; default 0, never)
 *   <li>REAP: how often such pairs are looked for (default 20 min, of packet time)
 * </ul>
 *
 * <p>It knows up to 1048576 pairs; packets of more of them go the way of other packets.
 *
 * <pre>{@code
 * FromDump(trace.pcap, FORCE_IP true, STOP true) -> AggregateIPAddrPair -> AggregateCounter -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code clear} (write: forgets all pairs, numbers go on), {@code pairs} (read: how
 * many it knows), {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "AggregateIPAddrPair", ports = "1/1-2", processing = "a/ah", drops = "noPair")
public final class AggregateIpAddrPair extends Element {
    private static final int PAIRS_MAX = 1 << 20;
    private static final long USUAL_REAP = 1_200_000_000_000L;

    private record Pair(int low, int high) {}

    private static final class Known {
        final long number;
        final boolean firstFromLow;
        long latestNanos;

        Known(long number, boolean firstFromLow, long nanos) {
            this.number = number;
            this.firstFromLow = firstFromLow;
            latestNanos = nanos;
        }
    }

    private final Map<Pair, Known> pairs = new LinkedHashMap<>();
    private long next = 1;
    private long timeout;
    private long reapNanos;
    private long reapedNanos = Long.MIN_VALUE;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noPair;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        timeout = arguments.keyword("TIMEOUT", ArgumentTypes::nanos, 0L);
        reapNanos = arguments.keyword("REAP", ArgumentTypes::nanos, USUAL_REAP);
    }

    @Override
    protected void initialize() {
        noPair = drops("noPair");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        int ip = packet.networkHeader();
        Known known = Ipv4View.isAt(packet, ip) ? known(packet, ip) : null;
        if (known == null) {
            addOrDrop(1, packet, noPair);
            return null;
        }
        Annotation aggregate = Annotation.AGGREGATE;
        packet.annotation(aggregate.at(), aggregate.size(), known.number);
        packet.paint(isFromLow(packet, ip) == known.firstFromLow ? 0 : 1);
        return packet;
    }

    private static boolean isFromLow(Packet packet, int ip) {
        return Ipv4View.source(packet, ip) <= Ipv4View.destination(packet, ip);
    }

    private @Nullable Known known(Packet packet, int ip) {
        long now = packet.timestampNanos();
        reap(now, false);
        int a = Ipv4View.source(packet, ip);
        int b = Ipv4View.destination(packet, ip);
        Pair pair = new Pair(Math.min(a, b), Math.max(a, b));
        Known known = pairs.get(pair);
        if (known == null && pairs.size() >= PAIRS_MAX) {
            reap(now, true);
            if (pairs.size() >= PAIRS_MAX) {
                return null;
            }
        }
        if (known == null || hasDied(known, now)) {
            known = new Known(next++, isFromLow(packet, ip), now);
            pairs.put(pair, known);
        }
        known.latestNanos = Math.max(known.latestNanos, now);
        return known;
    }

    private boolean hasDied(Known known, long now) {
        return timeout > 0 && now - known.latestNanos > timeout;
    }

    private void reap(long now, boolean atOnce) {
        if (reapedNanos == Long.MIN_VALUE) {
            reapedNanos = now;
        }
        if (atOnce || now - reapedNanos >= reapNanos) {
            reapedNanos = now;
            pairs.values().removeIf(known -> hasDied(known, now));
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("pairs", pairs::size).read("drops", noPair::value);
        handlers.write("clear", value -> pairs.clear());
    }

    @Override
    protected void takeState(Element old) {
        AggregateIpAddrPair other = (AggregateIpAddrPair) old;
        pairs.putAll(other.pairs);
        next = Math.max(next, other.next);
    }
}
