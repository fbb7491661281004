package vini.routing.ospf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.routing.ospf.ScriptedPeer.OURS;
import static vini.routing.ospf.ScriptedPeer.PEER;
import static vini.routing.ospf.ScriptedPeer.SECOND;
import static vini.routing.ospf.ScriptedPeer.dd;
import static vini.routing.ospf.ScriptedPeer.hello;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;

import vini.net.Checksum;
import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.routing.ospf.NeighborMachine.State;
import vini.routing.ospf.wire.DatabaseDescription;
import vini.routing.ospf.wire.Hello;
import vini.routing.ospf.wire.LinkStateAck;
import vini.routing.ospf.wire.LinkStateRequest;
import vini.routing.ospf.wire.LinkStateUpdate;
import vini.routing.ospf.wire.Lsa;
import vini.routing.ospf.wire.LsaHeader;
import vini.routing.ospf.wire.LsaKey;
import vini.routing.ospf.wire.OspfMessage;
import vini.routing.ospf.wire.RouterLsa;

import java.util.List;
import java.util.Random;

/** The router against a peer that does what the test says. */
class OspfRouterTest {
    private static final long MILLISECOND = 1_000_000L;

    private final ScriptedPeer peer = new ScriptedPeer();

    private static Lsa routerLsa(int id, int sequence, int stub) {
        return Lsa.router(
                id,
                2,
                sequence,
                new RouterLsa(
                        0,
                        List.of(
                                new RouterLsa.Link(
                                        RouterLsa.POINT_TO_POINT,
                                        OURS,
                                        ScriptedPeer.REMOTE.bits(),
                                        10),
                                new RouterLsa.Link(RouterLsa.STUB, stub, -1, 0))));
    }

    @Test
    void saysHelloAtOnceAndAnswersAnotherWithDescriptionAtOnce() {
        assertThat(peer.all(Hello.class)).hasSize(1);
        assertThat(peer.all(Hello.class).getFirst().neighbors()).isEmpty();
        peer.say(hello(1));
        assertThat(peer.all(Hello.class).getLast().neighbors()).containsExactly(PEER);
        assertThat(peer.heard.getLast().message()).isInstanceOf(DatabaseDescription.class);
        assertThat(peer.all(DatabaseDescription.class).getFirst().flags()).isEqualTo(7);
        assertThat(peer.all(DatabaseDescription.class).getFirst().mtu()).isEqualTo(1500);
        assertThat(peer.clock.nowNanos()).isZero();
    }

    @Test
    void hellosComeEarlyOrInTimeButNeverLate() {
        for (int i = 0; i < 60; i++) {
            peer.run(SECOND);
        }
        List<Long> times =
                peer.heard.stream()
                        .filter(h -> h.message() instanceof Hello)
                        .map(ScriptedPeer.Heard::nanos)
                        .toList();
        assertThat(times.get(1)).isLessThan(5 * SECOND);
        for (int i = 2; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isBetween(9 * SECOND / 2, 5 * SECOND);
        }
        assertThat(times).hasSizeGreaterThan(12);
    }

    @Test
    void aSilentNeighborIsDeadAfterTheDeadInterval() {
        peer.becomeFull();
        assertThat(peer.state()).isEqualTo(State.FULL);
        peer.run(10 * SECOND - 1);
        assertThat(peer.state()).isEqualTo(State.FULL);
        peer.run(1);
        assertThat(peer.state()).isEqualTo(State.DOWN);
        assertThat(peer.router.events().toString())
                .contains("neighbor 10.77.128.2 FULL -> DOWN (INACTIVITY_TIMER)");
    }

    @Test
    void aForeignPeerNeverGetsTwoInstancesWithinASecond() {
        peer.becomeFull();
        for (int cost = 20; cost < 40; cost++) {
            peer.router.setCost(0, cost);
            peer.run(70 * MILLISECOND);
            acknowledgeAll();
        }
        peer.run(3 * SECOND);
        List<Long> times = peer.updateTimes();
        assertThat(times).hasSizeBetween(2, 4);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isBetween(SECOND, 6 * SECOND / 5);
        }
        LinkStateUpdate last = peer.all(LinkStateUpdate.class).getLast();
        assertThat(last.lsas().getFirst().lsa().header().sequence())
                .isEqualTo(peer.router.database().getFirst().sequence());
    }

    @Test
    void aForeignMasterThatMakesNoClaimIsSentBackToExStartOnce() {
        peer.say(hello(1));
        peer.heard.clear();
        peer.run(1_200 * MILLISECOND);
        List<Hello> hellos = peer.all(Hello.class);
        assertThat(hellos.get(hellos.size() - 2).neighbors()).isEmpty();
        assertThat(hellos.getLast().neighbors()).containsExactly(PEER);
        peer.heard.clear();
        peer.run(2 * SECOND);
        assertThat(peer.all(Hello.class)).allMatch(h -> h.neighbors().contains(PEER));
        peer.say(dd(7, 100));
        assertThat(peer.state()).isEqualTo(State.EXCHANGE);
    }

    @Test
    void aPeerOfOurOwnKindGetsEachInstanceAtOnce() {
        peer.say(hello(OspfLink.OWN_KIND_PRIORITY));
        peer.say(dd(7, 100));
        peer.say(dd(1, 101));
        peer.heard.clear();
        for (int cost = 20; cost < 25; cost++) {
            peer.router.setCost(0, cost);
            peer.run(70 * MILLISECOND);
        }
        assertThat(peer.updateTimes()).hasSize(5);
    }

    private void acknowledgeAll() {
        for (LinkStateUpdate update : peer.all(LinkStateUpdate.class)) {
            peer.say(
                    new LinkStateAck(
                            update.lsas().stream()
                                    .map(aged -> aged.lsa().header(aged.age()))
                                    .toList()));
        }
    }

    @Test
    void anUnacknowledgedLsaIsRetransmittedEveryFiveSeconds() {
        peer.becomeFull();
        peer.run(4 * SECOND);
        peer.say(hello(1));
        peer.run(4 * SECOND);
        peer.say(hello(1));
        peer.run(4 * SECOND);
        List<Long> times = peer.updateTimes();
        assertThat(times).hasSize(3);
        assertThat(times.get(1) - times.get(0)).isEqualTo(5 * SECOND);
        acknowledgeAll();
        peer.heard.clear();
        peer.say(hello(1));
        peer.run(8 * SECOND);
        assertThat(peer.updateTimes()).isEmpty();
    }

    @Test
    void aNewLsaMakesARouteAndIsAcknowledgedLaterButADuplicateAtOnce() {
        peer.becomeFull();
        peer.run(10 * MILLISECOND);
        peer.heard.clear();
        Lsa lsa = routerLsa(PEER, LsaHeader.INITIAL_SEQUENCE, 0x0a4d0002);
        peer.update(lsa, 1);
        peer.run(20 * MILLISECOND);
        assertThat(peer.fib.routes()).containsOnlyKeys(Prefix.parse("10.77.0.2/32"));
        assertThat(peer.all(LinkStateAck.class)).isEmpty();
        peer.update(lsa, 1);
        assertThat(peer.all(LinkStateAck.class)).hasSize(1);
        peer.run(SECOND);
        assertThat(peer.all(LinkStateAck.class)).hasSize(2);
    }

    @Test
    void anOlderInstanceIsAnsweredWithTheNewerOneButNotWithinASecondAgain() {
        peer.becomeFull();
        peer.update(routerLsa(PEER, LsaHeader.INITIAL_SEQUENCE + 5, 1), 1);
        peer.run(SECOND);
        peer.heard.clear();
        for (int i = 0; i < 3; i++) {
            peer.update(routerLsa(PEER, LsaHeader.INITIAL_SEQUENCE + 4, 2), 1);
        }
        assertThat(peer.all(LinkStateUpdate.class)).hasSize(1);
        assertThat(
                        peer.all(LinkStateUpdate.class)
                                .getFirst()
                                .lsas()
                                .getFirst()
                                .lsa()
                                .header()
                                .sequence())
                .isEqualTo(LsaHeader.INITIAL_SEQUENCE + 5);
    }

    @Test
    void ourOwnLsaFromBeforeARestartIsOutbidden() {
        peer.becomeFull();
        peer.run(10 * MILLISECOND);
        peer.update(routerLsa(OURS, 0x80000777, 3), 1000);
        peer.run(2 * SECOND);
        assertThat(peer.router.database().getFirst().sequence()).isEqualTo(0x80000778);
        assertThat(
                        peer.all(LinkStateUpdate.class)
                                .getLast()
                                .lsas()
                                .getFirst()
                                .lsa()
                                .header()
                                .sequence())
                .isEqualTo(0x80000778);
    }

    @Test
    void theLastSequenceNumberIsFlushedBeforeTheFirstIsUsedAgain() {
        peer.becomeFull();
        peer.run(2 * SECOND);
        acknowledgeAll();
        peer.heard.clear();
        peer.update(routerLsa(OURS, LsaHeader.MAX_SEQUENCE, 3), 1);
        peer.run(2 * SECOND);
        LinkStateUpdate flush = peer.all(LinkStateUpdate.class).getFirst();
        assertThat(flush.lsas().getFirst().age()).isEqualTo(LsaHeader.MAX_AGE);
        assertThat(flush.lsas().getFirst().lsa().header().sequence())
                .isEqualTo(LsaHeader.MAX_SEQUENCE);
        acknowledgeAll();
        peer.heard.clear();
        peer.run(2 * SECOND);
        assertThat(
                        peer.all(LinkStateUpdate.class)
                                .getFirst()
                                .lsas()
                                .getFirst()
                                .lsa()
                                .header()
                                .sequence())
                .isEqualTo(LsaHeader.INITIAL_SEQUENCE);
    }

    @Test
    void aFlushedLsaOfThePeerIsForgottenWithItsRoutes() {
        peer.becomeFull();
        Lsa lsa = routerLsa(PEER, LsaHeader.INITIAL_SEQUENCE, 0x0a4d0002);
        peer.update(lsa, 1);
        peer.run(SECOND);
        assertThat(peer.fib.routes()).isNotEmpty();
        peer.update(lsa, LsaHeader.MAX_AGE);
        peer.run(SECOND);
        assertThat(peer.fib.routes()).isEmpty();
        assertThat(peer.router.database()).hasSize(1);
        peer.heard.clear();
        peer.update(lsa, LsaHeader.MAX_AGE);
        assertThat(peer.all(LinkStateAck.class)).hasSize(1);
        assertThat(peer.router.database()).hasSize(1);
    }

    @Test
    void aRequestForWhatWeDoNotHaveStartsTheExchangeAnew() {
        peer.becomeFull();
        peer.say(new LinkStateRequest(List.of(LsaKey.router(99))));
        assertThat(peer.state()).isEqualTo(State.EX_START);
        assertThat(peer.all(DatabaseDescription.class).getLast().flags()).isEqualTo(7);
    }

    @Test
    void theSlaveRepeatsItsLastDescriptionWhenAskedAgain() {
        peer.becomeFull();
        peer.say(dd(1, 101));
        assertThat(peer.all(DatabaseDescription.class)).hasSize(1);
        assertThat(peer.all(DatabaseDescription.class).getFirst().sequence()).isEqualTo(101);
        peer.say(dd(1, 102));
        assertThat(peer.state()).isEqualTo(State.EX_START);
    }

    @Test
    void whatDoesNotFitIsDroppedWithItsReason() {
        drops(new Hello(0, 10, 2, 1, 10, 0, 0, List.of()), DropReason.HELLO_MISMATCH);
        drops(new Hello(0, 5, 2, 1, 40, 0, 0, List.of()), DropReason.HELLO_MISMATCH);
        drops(new Hello(0, 5, 0, 1, 10, 0, 0, List.of()), DropReason.HELLO_MISMATCH);
        drops(new LinkStateAck(List.of()), DropReason.NEIGHBOR_STATE);
        peer.say(hello(1));
        drops(new LinkStateAck(List.of()), DropReason.NEIGHBOR_STATE);
        drops(new DatabaseDescription(9000, 2, 7, 1, List.of()), DropReason.MTU);
        assertThat(peer.state()).isEqualTo(State.EX_START);
    }

    private void drops(OspfMessage message, DropReason reason) {
        long before = peer.router.drops().getOrDefault(reason, 0L);
        peer.say(message);
        assertThat(peer.router.drops()).containsEntry(reason, before + 1);
    }

    @Test
    void ipHeadersAreNotTrusted() {
        badIp(12, 0x0b, DropReason.IP_CHECKSUM);
        badIp(0, 0x65, DropReason.IP_HEADER);
        badIp(0, 0x44, DropReason.IP_HEADER);
        badIp(3, 0xff, DropReason.IP_HEADER);
        peer.router.packet(0, ScriptedPeer.ip(hello(1)).writerIndex(10));
        assertThat(peer.router.drops()).containsEntry(DropReason.IP_HEADER, 4L);
        peer.router.packet(7, ScriptedPeer.ip(hello(1)));
        assertThat(peer.router.drops()).containsEntry(DropReason.LINK, 1L);
        assertThat(peer.router.neighbors()).isEmpty();
    }

    private void badIp(int at, int value, DropReason reason) {
        long before = peer.router.drops().getOrDefault(reason, 0L);
        ByteBuf packet = ScriptedPeer.ip(hello(1));
        packet.setByte(at, value);
        peer.router.packet(0, packet);
        assertThat(peer.router.drops()).containsEntry(reason, before + 1);
    }

    /** Packets of a full adjacency with bytes changed: nothing is thrown, and it comes back. */
    @Test
    void noPacketMakesTheRouterThrow() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        peer.becomeFull();
        List<OspfMessage> corpus =
                List.of(
                        hello(1),
                        dd(7, 100),
                        dd(1, 101),
                        new DatabaseDescription(
                                1500,
                                2,
                                1,
                                101,
                                List.of(
                                        routerLsa(PEER, 5, 1).header(),
                                        routerLsa(9, 5, 1).header())),
                        new LinkStateRequest(List.of(LsaKey.router(OURS))),
                        new LinkStateUpdate(
                                List.of(
                                        new LinkStateUpdate.AgedLsa(routerLsa(PEER, 5, 1), 1),
                                        new LinkStateUpdate.AgedLsa(routerLsa(OURS, 5, 1), 3600))),
                        new LinkStateAck(List.of(routerLsa(OURS, 5, 1).header())));
        int fulls = 0;
        for (int i = 0; i < 30_000; i++) {
            ByteBuf packet = ScriptedPeer.ip(corpus.get(random.nextInt(corpus.size())));
            if (random.nextInt(3) > 0) {
                int at = 20 + random.nextInt(packet.readableBytes() - 20);
                packet.setByte(at, random.nextInt(256));
                fixChecksum(packet);
            }
            try {
                peer.router.packet(0, packet);
                peer.run(random.nextInt(20) * MILLISECOND);
            } catch (RuntimeException e) {
                throw new AssertionError("-Dseed=" + seed + " step " + i, e);
            }
            fulls += peer.state() == State.FULL ? 1 : 0;
            peer.heard.clear();
        }
        assertThat(fulls).as("-Dseed=%d steps in FULL", seed).isPositive();
        assertThat(peer.router.database().size()).isLessThan(5000);
        peer.run(20 * SECOND);
        assertThat(peer.state()).isEqualTo(State.DOWN);
        peer.becomeFull();
        assertThat(peer.state()).isIn(State.FULL, State.LOADING, State.EXCHANGE);
    }

    private static void fixChecksum(ByteBuf packet) {
        packet.setShort(32, 0);
        long sum =
                Checksum.sum(packet, 20, 16)
                        + Checksum.sum(packet, 44, packet.readableBytes() - 44);
        packet.setShort(32, Checksum.finish(sum));
    }

    @Test
    void configurationsThatCannotBeAreRefused() {
        Ipv4Address id = new Ipv4Address(OURS);
        assertThatThrownBy(() -> new OspfConfig(id, List.of(), List.of(), 1_500_000_000L, SECOND))
                .hasMessageStartingWith("the hello interval must be whole seconds of 1-65535");
        assertThatThrownBy(() -> new OspfConfig(id, List.of(), List.of(), SECOND, SECOND))
                .hasMessage("the dead interval must be longer than the hello interval");
        assertThatThrownBy(() -> peer.router.setCost(0, 0))
                .hasMessage("OSPF cost 0 is outside 1-65535");
        assertThatThrownBy(() -> peer.router.setCost(3, 1))
                .hasMessage("10.77.0.1 has no link 3, only [0]");
    }
}
