package vini.routing.ospf;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;
import vini.net.wire.WireException;
import vini.routing.PuntPort;
import vini.routing.Rib;
import vini.routing.ospf.wire.DatabaseDescription;
import vini.routing.ospf.wire.Hello;
import vini.routing.ospf.wire.LinkStateUpdate;
import vini.routing.ospf.wire.LinkStateUpdate.AgedLsa;
import vini.routing.ospf.wire.Lsa;
import vini.routing.ospf.wire.LsaPool;
import vini.routing.ospf.wire.OspfMessage;
import vini.routing.ospf.wire.OspfPacket;
import vini.routing.sim.SimulatedFib;
import vini.time.Seed;
import vini.time.VirtualClock;

import java.util.ArrayList;
import java.util.List;

/**
 * One router under test (10.77.0.1) and a peer (10.77.0.2, as foreign as FRR) at its only link that
 * does what the test says, word by word.
 */
final class ScriptedPeer implements PuntPort {
    static final long SECOND = 1_000_000_000L;
    static final int OURS = Ipv4Address.parse("10.77.0.1").bits();
    static final int PEER = Ipv4Address.parse("10.77.0.2").bits();
    static final Ipv4Address LOCAL = Ipv4Address.parse("10.77.128.1");
    static final Ipv4Address REMOTE = Ipv4Address.parse("10.77.128.2");

    /** What the router sent, and when. */
    record Heard(long nanos, OspfMessage message) {}

    final VirtualClock clock = new VirtualClock();
    final SimulatedFib fib = new SimulatedFib(transaction -> {});
    final OspfRouter router;
    final List<Heard> heard = new ArrayList<>();
    private final LsaPool pool = new LsaPool();

    ScriptedPeer() {
        router =
                new OspfRouter(
                        new OspfConfig(
                                new Ipv4Address(OURS),
                                List.of(),
                                List.of(new OspfInterface(0, "peer", LOCAL, 30, REMOTE, 10, 1500)),
                                5 * SECOND,
                                10 * SECOND),
                        new OspfProcess(0),
                        clock,
                        new Seed(1).generator("ospf"),
                        this,
                        new Rib(fib, clock),
                        event -> {});
        router.start();
        router.carrier(0, true);
    }

    @Override
    public void receiver(Receiver receiver) {}

    @Override
    public void send(int link, ByteBuf ipPacket) {
        try {
            OspfPacket packet = OspfPacket.parse(ipPacket.skipBytes(Ipv4Header.BYTES), pool);
            heard.add(new Heard(clock.nowNanos(), packet.message()));
        } catch (WireException e) {
            throw new AssertionError(e);
        } finally {
            ipPacket.release();
        }
    }

    /** Says it to the router, from the peer's address. */
    void say(OspfMessage message) {
        router.packet(0, ip(message));
    }

    static ByteBuf ip(OspfMessage message) {
        ByteBuf ospf = Unpooled.buffer();
        new OspfPacket(PEER, 0, message).emit(ospf);
        return ip(ospf);
    }

    static ByteBuf ip(ByteBuf ospf) {
        ByteBuf out = Unpooled.buffer();
        Ipv4Header.emit(
                out,
                0xc0,
                Ipv4Header.BYTES + ospf.readableBytes(),
                0,
                0,
                1,
                Ipv4Header.OSPF,
                REMOTE.bits(),
                OspfLink.ALL_SPF_ROUTERS);
        return out.writeBytes(ospf);
    }

    static Hello hello(int priority) {
        return new Hello(0xfffffffc, 5, 2, priority, 10, 0, 0, List.of(OURS));
    }

    static DatabaseDescription dd(int flags, int sequence) {
        return new DatabaseDescription(1500, 2, flags, sequence, List.of());
    }

    /** The peer is master, has nothing to describe, and asks for nothing. */
    void becomeFull() {
        say(hello(1));
        say(dd(7, 100));
        say(dd(1, 101));
        // The first hello brought DD packets; from here on only updates count.
        heard.clear();
    }

    void update(Lsa lsa, int age) {
        say(new LinkStateUpdate(List.of(new AgedLsa(lsa, age))));
    }

    <M extends OspfMessage> List<M> all(Class<M> kind) {
        return heard.stream().map(Heard::message).filter(kind::isInstance).map(kind::cast).toList();
    }

    NeighborMachine.State state() {
        List<NeighborStatus> neighbors = router.neighbors();
        return neighbors.isEmpty() ? NeighborMachine.State.DOWN : neighbors.getFirst().state();
    }

    /** When updates went out. */
    List<Long> updateTimes() {
        return heard.stream()
                .filter(h -> h.message() instanceof LinkStateUpdate)
                .map(Heard::nanos)
                .toList();
    }

    void run(long nanos) {
        clock.runFor(nanos);
    }
}
