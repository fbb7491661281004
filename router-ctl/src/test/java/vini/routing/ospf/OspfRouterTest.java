package vini.routing.ospf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.routing.ospf.ScriptedPeer.OURS;
import static vini.routing.ospf.ScriptedPeer.PEER;
import static vini.routing.ospf.ScriptedPeer.SECOND;
import static vini.routing.ospf.ScriptedPeer.dd;
import static vini.routing.ospf.ScriptedPeer.hello;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

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
import vini.routing.ospf.wire.OspfHeader;
import vini.routing.ospf.wire.OspfMessage;
import vini.routing.ospf.wire.RouterLsa;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

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

    /** RFC 5250's three types with a right checksum; RFC 2328 13 (2) has them thrown away. */
    @Test
    void opaqueLsasAreNeitherKeptNorAcknowledgedButTheirCompanyIs() {
        peer.becomeFull();
        peer.run(10 * MILLISECOND);
        peer.heard.clear();
        String opaque =
                "00014209010000010a4d0002800000014c11001c000100040a4d0002"
                        + "0001420a010000010a4d0002800000013e1e001c000100040a4d0002"
                        + "0001420b010000010a4d000280000001302b001c000100040a4d0002";
        Lsa known = routerLsa(PEER, LsaHeader.INITIAL_SEQUENCE, 0x0a4d0002);
        ByteBuf ospf = Unpooled.buffer();
        int length = OspfHeader.BYTES + 4 + 3 * 28 + known.length();
        new OspfHeader(OspfHeader.Type.LINK_STATE_UPDATE, length, PEER, 0, 0, 0).emit(ospf);
        ospf.writeInt(4).writeBytes(ByteBufUtil.decodeHexDump(opaque));
        known.emit(ospf, 1);
        ByteBuf packet = ScriptedPeer.ip(ospf);
        fixChecksum(packet);
        peer.router.packet(0, packet);
        peer.run(SECOND);
        assertThat(peer.router.drops()).containsOnly(Map.entry(DropReason.LSA_TYPE, 3L));
        assertThat(peer.router.database()).extracting(h -> h.key().type()).containsOnly(1);
        assertThat(peer.router.database()).hasSize(2);
        assertThat(peer.all(LinkStateAck.class)).hasSize(1);
        assertThat(peer.all(LinkStateAck.class).getFirst().headers())
                .extracting(LsaHeader::key)
                .containsExactly(LsaKey.router(PEER));
        assertThat(peer.state()).isEqualTo(State.FULL);
    }

    @Test
    void opaqueLsasThatAreDescribedAreNotAskedFor() {
        peer.say(hello(1));
        peer.say(dd(7, 100));
        peer.heard.clear();
        List<LsaHeader> opaque = new ArrayList<>();
        for (int type = 9; type <= 11; type++) {
            LsaKey key = new LsaKey(type, 0x01000001, PEER);
            opaque.add(new LsaHeader(1, 0x42, key, LsaHeader.INITIAL_SEQUENCE, 1, 28));
        }
        peer.say(new DatabaseDescription(1500, 2, 1, 101, opaque));
        assertThat(peer.all(LinkStateRequest.class)).isEmpty();
        assertThat(peer.state()).isEqualTo(State.FULL);
    }

    /** So a neighbour whose silence was one-way only need not wait for our next hello. */
    @Test
    void aHelloThatDoesNotNameUsIsAnsweredAtOnceInAnyState() {
        peer.becomeFull();
        Hello oneWay = new Hello(0xfffffffc, 5, 2, 1, 10, 0, 0, List.of());
        peer.say(oneWay);
        assertThat(peer.state()).isEqualTo(State.INIT);
        assertThat(peer.all(Hello.class)).hasSize(1);
        assertThat(peer.all(Hello.class).getFirst().neighbors()).containsExactly(PEER);
        peer.say(oneWay);
        assertThat(peer.all(Hello.class)).hasSize(2);
        peer.say(hello(1));
        assertThat(peer.all(Hello.class)).hasSize(2);
        assertThat(peer.state()).isEqualTo(State.EX_START);
    }

    @Test
    void anLsaThatIsRequestedManyTimesInAPacketIsSentOnce() {
        peer.becomeFull();
        peer.run(10 * MILLISECOND);
        acknowledgeAll();
        peer.heard.clear();
        peer.say(new LinkStateRequest(Collections.nCopies(1000, LsaKey.router(OURS))));
        assertThat(peer.all(LinkStateUpdate.class)).hasSize(1);
        assertThat(peer.all(LinkStateUpdate.class).getFirst().lsas()).hasSize(1);
    }

    /** Else the first sequence number would be free again only after an hour. */
    @Test
    void theLastSequenceNumberIsFlushedAgainIfSomeoneForgesItMeanwhile() {
        peer.becomeFull();
        peer.run(2 * SECOND);
        acknowledgeAll();
        Lsa one = routerLsa(OURS, LsaHeader.MAX_SEQUENCE, 3);
        Lsa two = routerLsa(OURS, LsaHeader.MAX_SEQUENCE, 4);
        boolean oneIsOlder = one.header().newerThan(two.header()) < 0;
        peer.update(oneIsOlder ? one : two, 1);
        peer.run(100 * MILLISECOND);
        peer.update(oneIsOlder ? two : one, 1);
        peer.say(hello(1));
        peer.run(4 * SECOND);
        acknowledgeAll();
        peer.heard.clear();
        peer.run(2 * SECOND);
        assertThat(peer.all(LinkStateUpdate.class)).isNotEmpty();
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
