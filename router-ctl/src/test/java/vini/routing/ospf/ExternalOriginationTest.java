package vini.routing.ospf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.routing.ospf.ScriptedPeer.OURS;
import static vini.routing.ospf.ScriptedPeer.PEER;
import static vini.routing.ospf.ScriptedPeer.SECOND;
import static vini.routing.ospf.ScriptedPeer.hello;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.routing.ospf.wire.ExternalLsa;
import vini.routing.ospf.wire.Hello;
import vini.routing.ospf.wire.LinkStateAck;
import vini.routing.ospf.wire.LinkStateUpdate;
import vini.routing.ospf.wire.LinkStateUpdate.AgedLsa;
import vini.routing.ospf.wire.Lsa;
import vini.routing.ospf.wire.LsaHeader;
import vini.routing.ospf.wire.LsaKey;
import vini.routing.ospf.wire.RouterLsa;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a router that announces something says to a neighbour. */
class ExternalOriginationTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final int FIRST = LsaHeader.INITIAL_SEQUENCE;

    /** Later than anything that a router says of itself at first. */
    private static final int LATE = FIRST + (1 << 24);

    /** What the peer hears, when; instances are counted from the first one that it heard. */
    private record Heard(long nanos, AgedLsa aged, int first) {
        LsaKey key() {
            return aged.lsa().key();
        }

        int sequence() {
            return aged.lsa().header().sequence();
        }

        boolean isFlush() {
            return aged.age() == LsaHeader.MAX_AGE;
        }

        @Override
        public String toString() {
            return new Ipv4Address(key().linkStateId())
                    + "#"
                    + (sequence() - first + 1)
                    + (isFlush() ? " flushed" : "");
        }
    }

    private final ScriptedPeer peer = new ScriptedPeer();
    private final List<Heard> externals = new ArrayList<>();
    private final Map<LsaKey, Integer> firsts = new LinkedHashMap<>();
    private int routerFlags = -1;

    /** The peer lives, listens, and acknowledges what it hears. */
    private void live(long nanos) {
        for (long left = nanos; left > 0; left -= 10 * MILLISECOND) {
            peer.run(Math.min(left, 10 * MILLISECOND));
            List<LsaHeader> headers = new ArrayList<>();
            for (ScriptedPeer.Heard heard : peer.heard) {
                if (heard.message() instanceof LinkStateUpdate update) {
                    for (AgedLsa aged : update.lsas()) {
                        headers.add(aged.lsa().header(aged.age()));
                        hear(heard.nanos(), aged);
                    }
                }
            }
            peer.heard.clear();
            for (int from = 0; from < headers.size(); from += 1000) {
                int to = Math.min(headers.size(), from + 1000);
                peer.say(new LinkStateAck(headers.subList(from, to)));
            }
            if (peer.clock.nowNanos() % SECOND < 10 * MILLISECOND) {
                peer.say(hello(1));
            }
        }
    }

    private void hear(long nanos, AgedLsa aged) {
        if (aged.lsa().key().type() == LsaKey.AS_EXTERNAL) {
            LsaHeader header = aged.lsa().header();
            int first = firsts.computeIfAbsent(header.key(), key -> header.sequence());
            externals.add(new Heard(nanos, aged, first));
        } else if (aged.lsa().body() instanceof RouterLsa own) {
            routerFlags = own.flags();
        }
    }

    private void announce(String text) {
        peer.router.announce(Announcement.parse(text));
    }

    private void withdraw(String prefix) {
        peer.router.withdraw(Prefix.parse(prefix));
    }

    private void full() {
        peer.becomeFull();
        live(2 * SECOND);
        assertThat(externals).isEmpty();
        assertThat(routerFlags).isZero();
    }

    private static Lsa lsa(String linkStateId, int length, int sequence, int metric) {
        LsaKey key = new LsaKey(LsaKey.AS_EXTERNAL, Ipv4Address.parse(linkStateId).bits(), OURS);
        return Lsa.of(
                key,
                OspfLink.OPTIONS,
                sequence,
                new ExternalLsa(Ipv4Address.mask(length), true, metric, 0));
    }

    /** RFC 2328 A.4.5; the checksum was worked out by another program. */
    @Test
    void theBytesOfADefaultRoute() {
        var out = Unpooled.buffer();
        lsa("0.0.0.0", 0, FIRST, 20).emit(out, 1);
        assertThat(ByteBufUtil.hexDump(out))
                .isEqualTo(
                        "00010205000000000a4d000180000001e0850024"
                                + "00000000800000140000000000000000");
        out.clear();
        LsaKey key = new LsaKey(LsaKey.AS_EXTERNAL, 0xc63364ff, OURS);
        Lsa.of(key, 2, FIRST, new ExternalLsa(0xffffff00, false, 0x010203, 0)).emit(out, 3600);
        assertThat(ByteBufUtil.hexDump(out))
                .isEqualTo(
                        "0e100205c63364ff0a4d000180000001fd980024"
                                + "ffffff00000102030000000000000000");
    }

    @Test
    void anAnnouncementMakesUsABoundaryRouterAndIsFlooded() {
        full();
        announce("0.0.0.0/0 7 type 1");
        assertThat(peer.router.isSettled()).isFalse();
        live(3 * SECOND);
        assertThat(externals).hasToString("[0.0.0.0#1]");
        assertThat(externals.getFirst().aged().lsa().body())
                .isEqualTo(new ExternalLsa(0, false, 7, 0));
        assertThat(externals.getFirst().aged().lsa().header().options()).isEqualTo(2);
        assertThat(routerFlags).isEqualTo(RouterLsa.BOUNDARY);
        assertThat(peer.router.isSettled()).isTrue();
        assertThat(peer.router.announced()).hasToString("[0.0.0.0/0 7 type 1]");
        assertThat(peer.router.events().toString())
                .containsPattern(
                        "originated AS-external-LSA 80[0-9a-f]{6} of 0.0.0.0/0, metric 7 type 1");
    }

    @Test
    void whatIsAnnouncedBeforeTheStartOrBeforeANeighborCameIsSaidInTheExchange() {
        announce("10.5.0.0/16");
        peer.run(SECOND);
        assertThat(peer.router.database()).hasSize(2);
        peer.becomeFull();
        live(2 * SECOND);
        assertThat(externals).isEmpty(); // It was described, and this peer has not asked.
    }

    @Test
    void aWithdrawalIsFloodedAtOnceAndForgottenWhenAcknowledged() {
        full();
        announce("10.5.0.0/16");
        announce("10.6.0.0/16");
        live(2 * SECOND);
        externals.clear();
        withdraw("10.5.0.0/16");
        live(100 * MILLISECOND);
        assertThat(externals).hasToString("[10.5.0.0#1 flushed]");
        assertThat(peer.router.database()).hasSize(2);
        live(2 * SECOND);
        assertThat(routerFlags).isEqualTo(RouterLsa.BOUNDARY);
        withdraw("10.6.0.0/16");
        live(2 * SECOND);
        assertThat(externals).hasToString("[10.5.0.0#1 flushed, 10.6.0.0#1 flushed]");
        assertThat(peer.router.database()).hasSize(1);
        assertThat(routerFlags).isZero();
    }

    /** MinLSInterval; the flush waits for nothing, and the sequence goes on after it. */
    @Test
    void twoInstancesOfOneDestinationAreFiveSecondsApart() {
        full();
        announce("10.5.0.0/16 1");
        live(SECOND);
        for (int metric = 2; metric < 9; metric++) {
            announce("10.5.0.0/16 " + metric);
            live(100 * MILLISECOND);
        }
        assertThat(externals).hasToString("[10.5.0.0#1]");
        withdraw("10.5.0.0/16");
        live(1200 * MILLISECOND);
        assertThat(externals).hasToString("[10.5.0.0#1, 10.5.0.0#1 flushed]");
        announce("10.5.0.0/16 9");
        live(10 * SECOND);
        assertThat(externals).hasToString("[10.5.0.0#1, 10.5.0.0#1 flushed, 10.5.0.0#2]");
        assertThat(externals.get(2).nanos() - externals.get(0).nanos()).isEqualTo(5 * SECOND);
        assertThat(externals.get(2).aged().lsa().body())
                .isEqualTo(new ExternalLsa(0xffff0000, true, 9, 0));
    }

    @Test
    void anAnnouncementThatIsTakenBackAtOnceIsNeverSaid() {
        full();
        announce("10.5.0.0/16");
        withdraw("10.5.0.0/16");
        live(8 * SECOND);
        assertThat(externals).isEmpty();
        assertThat(peer.router.database()).hasSize(1);
    }

    @Test
    void prefixesWithOneAddressHaveIdsWithHostBits() {
        full();
        announce("10.5.0.0/24");
        live(SECOND);
        announce("10.5.0.0/16 7");
        live(8 * SECOND);
        assertThat(externals.subList(0, 2)).hasToString("[10.5.0.0#1, 10.5.0.255#1]");
        assertThat(externals).hasSize(3).last().hasToString("10.5.0.0#2");
        assertThat(externals.getLast().aged().lsa().body())
                .isEqualTo(new ExternalLsa(0xffff0000, true, 7, 0));
    }

    @Test
    void itIsRefreshedBeforeHalfAnHour() {
        full();
        announce("10.5.0.0/16");
        live(1600 * SECOND);
        assertThat(externals).hasToString("[10.5.0.0#1]");
        live(210 * SECOND);
        assertThat(externals).hasToString("[10.5.0.0#1, 10.5.0.0#2]");
        withdraw("10.5.0.0/16");
        live(2000 * SECOND);
        assertThat(externals).hasToString("[10.5.0.0#1, 10.5.0.0#2, 10.5.0.0#2 flushed]");
    }

    @Test
    void ofAnEarlierLifeTheAnnouncedGoesOnAndTheRestIsFlushed() {
        peer.becomeFull();
        announce("10.5.0.0/16");
        peer.update(lsa("10.5.0.0", 16, LATE, 20), 500);
        peer.update(lsa("10.6.0.0", 16, LATE, 3), 500);
        live(3 * SECOND);
        assertThat(externals).hasToString("[10.6.0.0#1 flushed, 10.5.0.0#1]");
        assertThat(externals.getFirst().sequence()).isEqualTo(LATE);
        assertThat(externals.getLast().sequence()).isEqualTo(LATE + 1);
        assertThat(externals.getLast().nanos()).isLessThan(2 * SECOND);
        peer.update(lsa("10.7.0.0", 16, FIRST, 3), 500);
        live(3 * SECOND);
        assertThat(externals).last().hasToString("10.7.0.0#1 flushed");
        assertThat(peer.router.database()).hasSize(2);
    }

    /** An acknowledgement that comes late could be taken for one of the same instance anew. */
    @Test
    void whatIsFlushedBeforeItWasAcknowledgedIsNotAcknowledgedAnyMore() {
        peer.becomeFull();
        peer.run(10 * MILLISECOND);
        peer.update(lsa("10.6.0.0", 16, LATE, 3), 500);
        peer.run(2 * SECOND);
        assertThat(peer.all(LinkStateAck.class)).isEmpty();
        assertThat(peer.all(LinkStateUpdate.class).getLast().lsas())
                .hasToString("[" + new AgedLsa(lsa("10.6.0.0", 16, LATE, 3), 3600) + "]");
    }

    /** RFC 2328 13.4. */
    @Test
    void whoFlushesWhatWeAnnounceIsContradicted() {
        full();
        announce("10.5.0.0/16");
        live(7 * SECOND);
        peer.update(externals.getFirst().aged().lsa(), LsaHeader.MAX_AGE);
        live(2 * SECOND);
        assertThat(externals).last().hasToString("10.5.0.0#2");
    }

    @Test
    void theLastSequenceNumberIsFlushedBeforeTheFirstIsUsedAgain() {
        full();
        announce("10.5.0.0/16");
        live(7 * SECOND);
        externals.clear();
        peer.update(lsa("10.5.0.0", 16, LsaHeader.MAX_SEQUENCE, 3), 1);
        live(3 * SECOND);
        assertThat(externals).hasSize(2);
        assertThat(externals.getFirst().isFlush()).isTrue();
        assertThat(externals.getFirst().sequence()).isEqualTo(LsaHeader.MAX_SEQUENCE);
        assertThat(externals.getLast().sequence()).isEqualTo(FIRST);
        assertThat(externals.getLast().isFlush()).isFalse();
    }

    /** Else the neighbour took the new one for the old one, and kept that. */
    @Test
    void instancesWithTheSameChecksumHaveOtherSequenceNumbersInAnotherLife() {
        assertThat(lsa("10.5.0.0", 16, FIRST, 20).header().checksum())
                .isEqualTo(lsa("10.5.0.0", 32, FIRST, 20).header().checksum());
        full();
        announce("10.5.0.0/16");
        live(SECOND);
        withdraw("10.5.0.0/16");
        live(20 * SECOND);
        announce("10.5.0.0/32");
        live(SECOND);
        assertThat(externals).hasSize(3);
        assertThat(externals.getLast().sequence()).isNotEqualTo(externals.getFirst().sequence());
        // Nor has a router with the same seed that began at another time.
        ScriptedPeer later = new ScriptedPeer();
        later.run(2100 * MILLISECOND);
        later.router.announce(Announcement.parse("10.5.0.0/32"));
        later.run(SECOND);
        assertThat(later.router.database().getLast().sequence())
                .isNotEqualTo(externals.getFirst().sequence());
    }

    @Test
    void anOrderlyEndWithdrawsAllBeforeItTakesLeave() {
        full();
        announce("10.5.0.0/16");
        announce("0.0.0.0/0");
        live(2 * SECOND);
        peer.heard.clear();
        peer.router.stop();
        assertThat(peer.heard).hasSize(2);
        LinkStateUpdate last = peer.all(LinkStateUpdate.class).getFirst();
        assertThat(peer.heard.getFirst().message()).isSameAs(last);
        assertThat(last.lsas())
                .hasSize(2)
                .allMatch(aged -> aged.age() == LsaHeader.MAX_AGE)
                .allMatch(aged -> aged.lsa().key().type() == LsaKey.AS_EXTERNAL);
        assertThat(peer.all(Hello.class).getLast().neighbors()).isEmpty();
        peer.heard.clear();
        peer.run(100 * SECOND);
        assertThat(peer.heard).isEmpty();
    }

    /** Else an egress would send what comes to it on to another one. */
    @Test
    void aPrefixThatWeAnnounceHasNoRouteOfOthersAndGetsItBack() {
        full();
        Prefix everywhere = Prefix.parse("0.0.0.0/0");
        peer.update(
                Lsa.router(
                        PEER,
                        2,
                        FIRST,
                        new RouterLsa(
                                RouterLsa.BOUNDARY,
                                List.of(
                                        new RouterLsa.Link(
                                                RouterLsa.POINT_TO_POINT,
                                                OURS,
                                                ScriptedPeer.REMOTE.bits(),
                                                10)))),
                1);
        LsaKey key = new LsaKey(LsaKey.AS_EXTERNAL, 0, PEER);
        peer.update(Lsa.of(key, 2, FIRST, new ExternalLsa(0, true, 5, 0)), 1);
        live(SECOND);
        assertThat(peer.fib.routes()).containsOnlyKeys(everywhere);
        long before = peer.router.calculations();
        announce("0.0.0.0/0 9");
        live(SECOND);
        assertThat(peer.fib.routes()).isEmpty();
        peer.update(Lsa.of(key, 2, FIRST + 1, new ExternalLsa(0, true, 4, 0)), 1);
        live(SECOND);
        assertThat(peer.fib.routes()).isEmpty();
        withdraw("0.0.0.0/0");
        live(SECOND);
        assertThat(peer.fib.routes()).containsOnlyKeys(everywhere);
        assertThat(peer.router.calculations()).isGreaterThan(before + 2);
    }

    @Test
    void refusesWhatIsNotThereAndMoreThanAnybodyNeeds() {
        assertThatThrownBy(() -> withdraw("10.5.0.0/16"))
                .hasMessage("10.5.0.0/16 is not announced");
        Ipv4Address first = Ipv4Address.parse("10.0.0.0");
        for (int i = 0; i < ExternalOrigination.ANNOUNCED_MAX; i++) {
            peer.router.announce(new Announcement(Prefix.host(first.plus(i)), 1, true));
        }
        announce("10.0.0.0/32 5");
        assertThatThrownBy(() -> announce("11.0.0.0/32"))
                .hasMessage("more than 65536 prefixes cannot be announced");
    }

    @Test
    void tenThousandUsersAreAnnouncedInOneGo() {
        full();
        Ipv4Address first = Ipv4Address.parse("10.0.0.0");
        for (int i = 0; i < 10_000; i++) {
            peer.router.announce(new Announcement(Prefix.host(first.plus(i)), 1, true));
        }
        live(100 * MILLISECOND);
        assertThat(externals).hasSize(10_000);
        assertThat(peer.router.isSettled()).isTrue();
        for (int i = 0; i < 10_000; i++) {
            peer.router.withdraw(Prefix.host(first.plus(i)));
        }
        live(10 * SECOND);
        assertThat(externals).hasSize(20_000);
        assertThat(peer.router.database()).hasSize(1);
    }
}
