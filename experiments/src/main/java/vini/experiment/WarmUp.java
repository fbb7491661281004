package vini.experiment;

import vini.net.Quantity;
import vini.overlay.topology.Direction;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.Host;
import vini.overlay.world.World;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Echo requests and some TCP across a live slice before t = 0. The first thousands of packets find
 * code that Java has not compiled yet: links released them up to a hundred milliseconds late, which
 * would stand in the figures as if the network had done it. Nothing is noted down of these.
 */
final class WarmUp {
    /** How long requests are sent. */
    static final long SENDING_NANOS = 700_000_000L;

    /** How long the answers to the last ones are waited for. */
    static final long SETTLING_NANOS = 300_000_000L;

    private static final String APP = "warm-up";
    private static final String SERVER = APP + "-server";

    /** Those of probes come after it. */
    private static final int PORT = 5000;

    private static final String SIZES = "REQUEST 64KB, RESPONSE 64KB";

    /** More hosts than that would say nothing new. */
    private static final int HOSTS_MAX = 32;

    /** Of all hosts together; compiled code carries many times more. */
    private static final long REQUESTS_PER_S = 4000;

    private static final long EVERY_NANOS_MIN = 1_000_000;
    private static final long SECOND_NANOS = 1_000_000_000;

    /** A request is an IP packet of that length, and so is its answer. */
    private static final long PACKET_BITS = 84 * 8;

    /** Warm-up traffic takes at most one part in so many of the slowest link, if all goes there. */
    private static final long LINK_SHARE = 4;

    private record App(Host host, String name) {}

    private final World world;
    private final List<App> apps = new ArrayList<>();

    private WarmUp(World world) {
        this.world = world;
    }

    /** Begins; each host asks one on the other side of the network. */
    static WarmUp begin(World world) throws IOException {
        WarmUp warmUp = new WarmUp(world);
        List<Node> nodes = world.topology().nodes();
        long perSecond = perSecond(world.topology());
        int number = nodes.size() == 1 ? 0 : Math.min(nodes.size(), HOSTS_MAX);
        long everyNanos = Math.max(EVERY_NANOS_MIN, number * SECOND_NANOS / perSecond);
        for (int i = 0; i < number; i++) {
            Node from = nodes.get(i * nodes.size() / number);
            Node to = nodes.get((from.number() + nodes.size() / 2) % nodes.size());
            warmUp.ask(from, to, "ping", everyNanos, "");
            if (i == 0 && perSecond == REQUESTS_PER_S) {
                String port = ", PORT " + PORT + ", " + SIZES;
                warmUp.start(to, SERVER, "respond", port.substring(2));
                warmUp.ask(from, to, "request", SENDING_NANOS, port);
            }
        }
        return warmUp;
    }

    private void ask(Node from, Node to, String kind, long everyNanos, String more)
            throws IOException {
        start(
                from,
                APP + "-" + kind,
                kind,
                "DST "
                        + world.address(to.name())
                        + ", EVERY "
                        + Quantity.ofNanos(everyNanos)
                        + ", AT "
                        + world.clock().nowNanos()
                        + ", FOR "
                        + Quantity.ofNanos(SENDING_NANOS)
                        + more);
    }

    private void start(Node node, String name, String kind, String arguments) throws IOException {
        Host host = world.host(node.name());
        host.start(name, kind, arguments);
        apps.add(new App(host, name));
    }

    /** How many requests the slowest link can carry beside its answers. */
    private static long perSecond(Topology topology) {
        long most = REQUESTS_PER_S;
        for (Link link : topology.links()) {
            for (End end : End.values()) {
                Direction way = end == End.A ? link.forward() : link.backward();
                if (way.rateBitsPerSecond() > 0) {
                    most = Math.min(most, way.rateBitsPerSecond() / PACKET_BITS / LINK_SHARE);
                }
            }
        }
        return Math.max(1, most);
    }

    /** Ends it; who asks ends before who answers. */
    void end() throws IOException {
        for (App app : apps.reversed()) {
            app.host.stop(app.name);
            app.host.remove(app.name);
        }
    }
}
