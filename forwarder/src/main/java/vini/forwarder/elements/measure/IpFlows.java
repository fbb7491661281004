package vini.forwarder.elements.measure;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Packet;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * TCP and UDP flows, numbered from 1 on as they appear. A flow is what goes between two ends, in
 * either direction, without too long a pause; time is that of the packets.
 */
final class IpFlows {
    /** More flows are not told apart. */
    static final int FLOWS_MAX = 1 << 20;

    private static final int TCP_FLAGS_AT = 13;
    private static final int FIN = 1;

    /** The two ends of a flow, the lower address (or port) first, so that replies are found. */
    record Key(int protocol, int lowAddress, int highAddress, int lowPort, int highPort) {}

    /** What is known of a flow. */
    static final class Flow {
        final long number;

        /** Whether its first packet came from the end that stands first in the key. */
        final boolean firstFromLow;

        long firstNanos;
        long latestNanos;

        /** Packets in either direction. */
        final long[] packets = new long[2];

        /** Where its first packet stands in its trace; empty if that is not known. */
        String filePosition = "";

        private boolean finFromLow;
        private boolean finFromHigh;

        Flow(long number, boolean firstFromLow) {
            this.number = number;
            this.firstFromLow = firstFromLow;
        }

        /** 0 in the direction of the first packet, 1 in the other. */
        int paint(boolean fromLow) {
            return fromLow == firstFromLow ? 0 : 1;
        }

        boolean isOver() {
            return finFromLow && finFromHigh;
        }
    }

    /** How long, in nanoseconds, a flow lives without packets. */
    record Timeouts(long tcp, long tcpDone, long udp) {
        long of(Key key, Flow flow) {
            return key.protocol() == Ipv4View.UDP ? udp : flow.isOver() ? tcpDone : tcp;
        }
    }

    /** Is told of each flow that is forgotten. */
    interface Ending {
        void ended(Key key, Flow flow);
    }

    private final Timeouts timeouts;
    private final long reapNanos;
    private final Map<Key, Flow> flows = new LinkedHashMap<>();
    private Ending ending = (key, flow) -> {};
    private long next = 1;
    private long reapedNanos = Long.MIN_VALUE;

    IpFlows(Timeouts timeouts, long reapNanos) {
        this.timeouts = timeouts;
        this.reapNanos = reapNanos;
    }

    int size() {
        return flows.size();
    }

    /** Names who is told of flows that are forgotten. */
    void onEnd(Ending told) {
        ending = told;
    }

    void clear() {
        flows.forEach(ending::ended);
        flows.clear();
    }

    /** Goes on with the flows of another, and with its numbers. */
    void takeOver(IpFlows other) {
        flows.putAll(other.flows);
        other.flows.clear();
        next = Math.max(next, other.next);
    }

    /** Whether that end stands first in the key of its flow. */
    static boolean isLow(int address, int port, int otherAddress, int otherPort) {
        int order = Integer.compareUnsigned(address, otherAddress);
        return order != 0 ? order < 0 : port <= otherPort;
    }

    private static Key key(int protocol, int source, int destination, int ports) {
        int from = ports >>> 16;
        int to = ports & 0xffff;
        return isLow(source, from, destination, to)
                ? new Key(protocol, source, destination, from, to)
                : new Key(protocol, destination, source, to, from);
    }

    /** The flow of a packet that belongs to a flow already, or null. */
    @Nullable Flow find(int protocol, int source, int destination, int ports, long now) {
        Key key = key(protocol, source, destination, ports);
        Flow flow = flows.get(key);
        return flow == null || hasDied(key, flow, now) ? null : flow;
    }

    private boolean hasDied(Key key, Flow flow, long now) {
        return now - flow.latestNanos > timeouts.of(key, flow);
    }

    /** The flow of a packet, a new one if there is none; null if there are too many. */
    @Nullable Flow findOrMake(int protocol, int source, int destination, int ports, long now) {
        reap(now, false);
        Key key = key(protocol, source, destination, ports);
        Flow flow = flows.get(key);
        if (flow == null || hasDied(key, flow, now)) {
            if (flow == null && flows.size() >= FLOWS_MAX) {
                reap(now, true);
                if (flows.size() >= FLOWS_MAX) {
                    return null;
                }
            }
            if (flow != null) {
                ending.ended(key, flow);
            }
            boolean fromLow = isLow(source, ports >>> 16, destination, ports & 0xffff);
            flow = new Flow(next++, fromLow);
            flow.firstNanos = now;
            flow.latestNanos = now;
            flows.put(key, flow);
        }
        flow.latestNanos = Math.max(flow.latestNanos, now);
        return flow;
    }

    /** Looks at the flags of a TCP packet of that flow; its header begins at {@code transport}. */
    static void seeFlags(Flow flow, boolean fromLow, Packet packet, int transport) {
        if (transport + TCP_FLAGS_AT < packet.length()
                && (packet.u8(transport + TCP_FLAGS_AT) & FIN) != 0) {
            flow.finFromLow |= fromLow;
            flow.finFromHigh |= !fromLow;
        }
    }

    private void reap(long now, boolean atOnce) {
        if (reapedNanos == Long.MIN_VALUE) {
            reapedNanos = now;
        }
        if (atOnce || now - reapedNanos >= reapNanos) {
            reapedNanos = now;
            flows.entrySet()
                    .removeIf(
                            e -> {
                                boolean died = hasDied(e.getKey(), e.getValue(), now);
                                if (died) {
                                    ending.ended(e.getKey(), e.getValue());
                                }
                                return died;
                            });
        }
    }
}
