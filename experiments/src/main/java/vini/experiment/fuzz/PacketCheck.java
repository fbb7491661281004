package vini.experiment.fuzz;

import org.jspecify.annotations.Nullable;

import vini.forwarder.capture.CaptureOrder;
import vini.forwarder.capture.CapturePoint;
import vini.forwarder.capture.Captured;
import vini.forwarder.capture.CapturedPacket;
import vini.net.Ipv4Address;
import vini.overlay.graph.CapturePlan;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.VirtualWorld;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at all packets on all links, by a capture: over a link that has failed nothing is
 * delivered, a node that is gone says nothing, and an echo goes from node to node, each time with a
 * TTL that is smaller by one.
 */
final class PacketCheck {
    /** Says whether packets may leave a direction of a link. */
    interface Links {
        boolean mayCarry(Link link, End end, long nanos);
    }

    /** Says whether a node may send. */
    interface Nodes {
        boolean mayBeThere(Node node, long nanos);
    }

    private static final String NAME = "fuzz";

    /** Headers of IP and ICMP. */
    private static final int SNAP_BYTES = 28;

    private static final int ROOM_BYTES = 1 << 26;
    private static final int ICMP = 1;
    private static final int ECHO_REQUEST = 8;
    private static final int ECHO_REPLY = 0;

    /** No packet lives longer, and no ping of a host that came again says the same sooner. */
    private static final long LIFE_NANOS = 2_500_000_000L;

    /** One direction of a link. */
    private record Side(Link link, End end) {}

    /** An echo, its direction included. */
    private record Echo(int source, int destination, int type, int word) {}

    private record Step(long nanos, Node to, int ttl) {}

    private final List<@Nullable Side> sides = new ArrayList<>();
    private final Map<Echo, Step> steps = new LinkedHashMap<>();
    private final CaptureOrder order;
    private final Links links;
    private final Nodes nodes;
    private final boolean follows;
    private long startNanos;
    private long lastNanos;
    private @Nullable Fault fault;

    /**
     * @param follows whether the ways of echoes can be told: not where packets double
     */
    PacketCheck(Topology topology, Links links, Nodes nodes, boolean follows) {
        this.links = links;
        this.nodes = nodes;
        this.follows = follows;
        CapturePlan plan = new CapturePlan(topology);
        for (Link link : topology.links()) {
            int from = plan.points().size();
            plan.add(link);
            for (CapturePoint point : plan.points().subList(from, plan.points().size())) {
                sides.add(
                        point.side() == CapturePoint.Side.OUT
                                ? new Side(link, link.end(point.graph()))
                                : null);
            }
        }
        order = new CaptureOrder(plan.points(), "", new LinkedHashMap<>(), SNAP_BYTES, ROOM_BYTES);
    }

    void begin(VirtualWorld world, long now) throws IOException {
        startNanos = now;
        lastNanos = now;
        world.capture(NAME, order);
    }

    /** Looks at what was captured since the last time. */
    void look(VirtualWorld world) throws IOException {
        Captured captured = world.captured(NAME);
        if (captured.missed() > 0) {
            throw new IOException(captured.missed() + " packets were not captured");
        }
        for (CapturedPacket packet : captured.packets()) {
            @Nullable Side side = sides.get(packet.point());
            if (side != null && fault == null) {
                look(packet, side, packet.nanos() - startNanos);
            }
        }
        steps.values().removeIf(step -> lastNanos - step.nanos > LIFE_NANOS);
    }

    /** The first thing that is wrong, or null. */
    @Nullable Fault fault() {
        return fault;
    }

    void end(VirtualWorld world) throws IOException {
        world.endCapture(NAME);
    }

    private void look(CapturedPacket packet, Side side, long nanos) {
        lastNanos = nanos;
        Node from = side.link.node(side.end);
        Node to = side.link.node(side.end.other());
        if (!links.mayCarry(side.link, side.end, nanos)) {
            say(
                    nanos,
                    "a packet came by from "
                            + from.name()
                            + " to "
                            + to.name()
                            + ", where nothing is carried");
        } else if (!nodes.mayBeThere(from, nanos)) {
            say(nanos, from.name() + " is gone, and sent a packet to " + to.name());
        } else if (follows) {
            follow(ByteBuffer.wrap(packet.bytes()), from, to, nanos);
        }
    }

    private void say(long nanos, String sentence) {
        fault = new Fault(Fault.Kind.PACKETS, nanos, sentence);
    }

    private void follow(ByteBuffer bytes, Node from, Node to, long nanos) {
        if (bytes.remaining() < SNAP_BYTES || bytes.get(0) != 0x45 || bytes.get(9) != ICMP) {
            return;
        }
        int type = bytes.get(20);
        if (type != ECHO_REQUEST && type != ECHO_REPLY) {
            return;
        }
        int ttl = bytes.get(8) & 0xff;
        Echo echo = new Echo(bytes.getInt(12), bytes.getInt(16), type, bytes.getInt(24));
        Step last = steps.put(echo, new Step(nanos, to, ttl));
        if (last != null
                && nanos - last.nanos <= LIFE_NANOS
                && (last.ttl != ttl + 1 || !last.to.equals(from))) {
            say(
                    nanos,
                    "an echo from "
                            + new Ipv4Address(echo.source)
                            + " to "
                            + new Ipv4Address(echo.destination)
                            + " was at "
                            + last.to.name()
                            + " with TTL "
                            + last.ttl
                            + ", and leaves "
                            + from.name()
                            + " with "
                            + ttl);
        }
    }
}
