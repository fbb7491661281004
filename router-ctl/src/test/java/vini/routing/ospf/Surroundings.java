package vini.routing.ospf;

import io.netty.buffer.ByteBuf;

import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.routing.PuntPort;
import vini.routing.Rib;
import vini.routing.ospf.wire.ExternalLsa;
import vini.routing.ospf.wire.Lsa;
import vini.routing.ospf.wire.LsaBody;
import vini.routing.ospf.wire.LsaHeader;
import vini.routing.ospf.wire.LsaKey;
import vini.routing.ospf.wire.RouterLsa;
import vini.routing.ospf.wire.SummaryLsa;
import vini.routing.sim.SimulatedFib;
import vini.time.Seed;
import vini.time.VirtualClock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A router (10.77.0.1) with a link to each of a number of neighbours (10.77.0.2 and so on, link n
 * is 10.78.0.4n/30 with our end first) and whatever database a test writes: nothing is flooded, the
 * routes are calculated when they are asked for.
 */
final class Surroundings implements PuntPort {
    private static final int FIRST = Ipv4Address.parse("10.77.0.1").bits();
    private static final Ipv4Address LINKS = Ipv4Address.parse("10.78.0.0");

    private final VirtualClock clock = new VirtualClock();
    private final Map<Integer, List<RouterLsa.Link>> links = new TreeMap<>();
    private final TreeSet<Integer> boundaries = new TreeSet<>();
    final OspfRouter router;

    /**
     * @param costs of our links, one to each neighbour; the way back costs 1
     */
    Surroundings(int... costs) {
        List<OspfInterface> interfaces = new ArrayList<>();
        for (int n = 0; n < costs.length; n++) {
            Ipv4Address local = LINKS.plus(4L * n + 1);
            interfaces.add(
                    new OspfInterface(n, "n" + (n + 2), local, 30, local.plus(1), costs[n], 1500));
        }
        router =
                new OspfRouter(
                        new OspfConfig(
                                new Ipv4Address(FIRST),
                                List.of(Prefix.host(new Ipv4Address(FIRST))),
                                interfaces,
                                5_000_000_000L,
                                10_000_000_000L),
                        new OspfProcess(0),
                        clock,
                        new Seed(1).generator("ospf"),
                        this,
                        new Rib(new SimulatedFib(transaction -> {}), clock),
                        event -> {});
        router.start();
        for (int n = 0; n < costs.length; n++) {
            router.carrier(n, true);
            int peer = LINKS.plus(4L * n + 2).bits();
            links(1).add(pointToPoint(n + 2, LINKS.plus(4L * n + 1).bits(), costs[n]));
            links(n + 2).add(pointToPoint(1, peer, 1));
        }
    }

    private static RouterLsa.Link pointToPoint(int to, int local, int cost) {
        return new RouterLsa.Link(RouterLsa.POINT_TO_POINT, id(to), local, cost);
    }

    /** The router id of node n: we are node 1. */
    static int id(int node) {
        return FIRST + node - 1;
    }

    private List<RouterLsa.Link> links(int node) {
        return links.computeIfAbsent(node, n -> new ArrayList<>());
    }

    /** A link between two other nodes. */
    Surroundings link(int a, int b, int cost) {
        links(a).add(pointToPoint(b, a, cost));
        links(b).add(pointToPoint(a, b, cost));
        return this;
    }

    Surroundings stub(int node, String prefix, int cost) {
        Prefix stub = Prefix.parse(prefix);
        links(node)
                .add(
                        new RouterLsa.Link(
                                RouterLsa.STUB,
                                ((Ipv4Address) stub.address()).bits(),
                                Ipv4Address.mask(stub.length()),
                                cost));
        return this;
    }

    Surroundings boundary(int... nodes) {
        for (int node : nodes) {
            boundaries.add(node);
        }
        return this;
    }

    Surroundings external(int node, String prefix, int metric, int type) {
        return external(node, prefix, metric, type, "0.0.0.0");
    }

    Surroundings external(int node, String prefix, int metric, int type, String forwarding) {
        Prefix to = Prefix.parse(prefix);
        int mask = Ipv4Address.mask(to.length());
        int address = Ipv4Address.parse(prefix.substring(0, prefix.indexOf('/'))).bits();
        return put(
                new LsaKey(LsaKey.AS_EXTERNAL, address, id(node)),
                new ExternalLsa(mask, type == 2, metric, Ipv4Address.parse(forwarding).bits()));
    }

    /** A border router's word on a network elsewhere. */
    Surroundings summary(int node, String prefix, int metric) {
        Prefix to = Prefix.parse(prefix);
        return put(
                new LsaKey(LsaKey.SUMMARY_NETWORK, ((Ipv4Address) to.address()).bits(), id(node)),
                new SummaryLsa(Ipv4Address.mask(to.length()), metric));
    }

    /** A border router's word on a boundary router elsewhere. */
    Surroundings summaryOfBoundary(int node, int boundary, int metric) {
        return put(
                new LsaKey(LsaKey.SUMMARY_ASBR, id(boundary), id(node)), new SummaryLsa(0, metric));
    }

    Surroundings put(LsaKey key, LsaBody body) {
        return put(key, body, 0);
    }

    Surroundings put(LsaKey key, LsaBody body, int age) {
        Lsa lsa = Lsa.of(key, OspfLink.OPTIONS, LsaHeader.INITIAL_SEQUENCE, body);
        router.lsdb().install(new DatabaseEntry(lsa, age, clock.nowNanos()));
        return this;
    }

    /** The route to a prefix as {@code KIND COST via LINKS}, or {@code none}. */
    String route(String prefix) {
        links.forEach(
                (node, list) ->
                        put(
                                LsaKey.router(id(node)),
                                new RouterLsa(
                                        boundaries.contains(node) ? RouterLsa.BOUNDARY : 0, list)));
        RouteTable table = RouteRules.calculate(router, AreaPaths.of(router), 0);
        Prefix to = Prefix.parse(prefix);
        int row = table.find(RouteTable.key(((Ipv4Address) to.address()).bits(), to.length()));
        if (row == RouteTable.NONE) {
            return "none";
        }
        StringBuilder text = new StringBuilder(table.kindAt(row));
        text.append(' ')
                .append(RouteRules.shownCost(table.kindCodeAt(row), table.costAt(row)))
                .append(" via");
        for (int hop : table.hopsAt(row)) {
            text.append(' ').append(hop);
        }
        return text.toString();
    }

    @Override
    public void receiver(Receiver receiver) {}

    @Override
    public void send(int link, ByteBuf ipPacket) {
        ipPacket.release();
    }
}
