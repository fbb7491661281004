package vini.experiment;

import org.jspecify.annotations.Nullable;

import vini.net.Quantity;
import vini.overlay.topology.Direction;
import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.world.Holdings;
import vini.overlay.world.Host;
import vini.overlay.world.World;

import java.io.IOException;
import java.util.List;

/**
 * Echo requests and some TCP across a live slice before t = 0. The first thousands of packets find
 * code that Java has not compiled yet: links released them up to a hundred milliseconds late, which
 * would stand in the figures as if the network had done it. Nothing is noted down of these.
 */
final class WarmUp {
    /** Hears of the end, once, on the world's thread. */
    interface Ended {
        /**
         * It is over.
         *
         * @param trouble why the network is as cold as before, or null
         */
        void ended(@Nullable Exception trouble);
    }

    /** How long requests are sent. */
    private static final long SENDING_NANOS = 700_000_000L;

    /** How long is waited at most until what is on its way has arrived or is lost. */
    private static final long DRAINING_NANOS = 1_000_000_000L;

    private static final long POLL_NANOS = 20_000_000L;

    private static final String APP = "warm-up";

    /** Those of probes come after it. */
    private static final int PORT = 5000;

    /** More hosts than that would say nothing new. */
    private static final int HOSTS_MAX = 32;

    /** Of all hosts together; compiled code carries many times more. */
    private static final long REQUESTS_PER_S = 4000;

    private static final long EVERY_NANOS_MIN = 1_000_000;
    private static final long SECOND_NANOS = 1_000_000_000;

    /** A request is an IP packet of that length, and so is its answer. */
    private static final long PACKET_BITS = 84 * 8;

    /** Requests take one part in so many of the slowest link, if all go there. */
    private static final long LINK_SHARE = 4;

    private final World world;
    private final Ended ended;
    private final Holdings apps = new Holdings();

    private WarmUp(World world, Ended ended) {
        this.world = world;
        this.ended = ended;
    }

    /** Begins, on the world's thread: each host asks one on the other side of the network. */
    static void begin(World world, Ended ended) {
        WarmUp warmUp = new WarmUp(world, ended);
        try {
            warmUp.start();
            world.clock().schedule(SENDING_NANOS, warmUp::stop);
        } catch (IOException | RuntimeException e) {
            warmUp.apps.closeAfter(e);
            ended.ended(e);
        }
    }

    private void start() throws IOException {
        List<Node> nodes = world.topology().nodes();
        long perSecond = perSecond(world.topology());
        int number = nodes.size() == 1 ? 0 : Math.min(nodes.size(), HOSTS_MAX);
        long everyNanos = Math.max(EVERY_NANOS_MIN, number * SECOND_NANOS / perSecond);
        for (int i = 0; i < number; i++) {
            Node from = nodes.get(i * nodes.size() / number);
            Node to = nodes.get((from.number() + nodes.size() / 2) % nodes.size());
            ask(from, to, "ping", "EVERY " + Quantity.ofNanos(everyNanos));
            if (i == 0 && perSecond == REQUESTS_PER_S) {
                String exchange = "PORT " + PORT + ", REQUEST 64KB, RESPONSE 64KB";
                start(to, "respond", exchange);
                ask(from, to, "request", exchange + ", EVERY " + Quantity.ofNanos(SENDING_NANOS));
            }
        }
    }

    private void ask(Node from, Node to, String kind, String what) throws IOException {
        start(
                from,
                kind,
                "DST "
                        + world.address(to.name())
                        + ", "
                        + what
                        + ", AT "
                        + world.clock().nowNanos()
                        + ", FOR "
                        + Quantity.ofNanos(SENDING_NANOS));
    }

    private void start(Node node, String kind, String arguments) throws IOException {
        Host host = world.host(node.name());
        String name = APP + "-" + kind;
        host.start(name, kind, arguments);
        apps.add(() -> host.end(name));
    }

    private void stop() {
        try {
            apps.close();
            drain(world.clock().nowNanos() + DRAINING_NANOS);
        } catch (IOException | RuntimeException e) {
            ended.ended(e);
        }
    }

    private void drain(long latestNanos) {
        if (world.clock().nowNanos() < latestNanos && isBusy()) {
            world.clock().schedule(POLL_NANOS, () -> drain(latestNanos));
        } else {
            ended.ended(null);
        }
    }

    private boolean isBusy() {
        try {
            return BooksLog.row(0, world.totals()).inFlight() > 0;
        } catch (IOException e) {
            return false; // The forwarder is away, and with it what was on its way.
        }
    }

    /** How many requests all hosts together may send, so that no link gets too much of them. */
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
}
