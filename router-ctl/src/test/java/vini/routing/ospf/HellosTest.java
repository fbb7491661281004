package vini.routing.ospf;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.routing.ospf.ScriptedPeer.SECOND;
import static vini.routing.ospf.ScriptedPeer.hello;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import vini.net.wire.Ipv4Header;
import vini.routing.ospf.NeighborMachine.State;
import vini.routing.ospf.wire.Hello;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

class HellosTest {
    private static final long INTERVAL = 10 * SECOND;

    private final ScriptedPeer peer = new ScriptedPeer();

    @Test
    void theSameHelloAgainAndAgainKeepsANeighborAlive() {
        peer.becomeFull();
        for (int i = 0; i < 10; i++) {
            peer.run(9 * SECOND);
            peer.say(hello(1));
        }
        assertThat(peer.state()).isEqualTo(State.FULL);
        assertThat(peer.router.drops()).isEmpty();
        peer.run(10 * SECOND);
        assertThat(peer.state()).isEqualTo(State.DOWN);
    }

    @Test
    void whatDoesNotFitIsNoSignOfLifeHoweverOftenItIsSaid() {
        peer.becomeFull();
        Hello misfit = new Hello(0xfffffffc, 4, 2, 1, 10, 0, 0, List.of(ScriptedPeer.OURS));
        for (int i = 0; i < 10; i++) {
            peer.say(misfit);
            peer.run(SECOND);
        }
        assertThat(peer.state()).isEqualTo(State.DOWN);
        assertThat(peer.router.drops()).containsEntry(DropReason.HELLO_MISMATCH, 10L);
    }

    @Test
    void aKnownHelloAfterAnotherIsReadAnew() {
        peer.becomeFull();
        peer.say(new Hello(0xfffffffc, 5, 2, 1, 10, 0, 0, List.of()));
        assertThat(peer.state()).isEqualTo(State.INIT);
        peer.say(hello(1));
        assertThat(peer.state()).isEqualTo(State.EX_START);
    }

    @Test
    void aFragmentIsNotTheHelloWhoseEndItIs() {
        peer.becomeFull();
        ByteBuf whole = ScriptedPeer.ip(hello(7));
        ByteBuf end = fragment(whole, 24, 24, 24 / 8);
        peer.router.packet(0, fragment(whole, 0, 24, Ipv4Header.MORE_FRAGMENTS));
        peer.router.packet(0, end.duplicate());
        for (int i = 0; i < 10; i++) {
            peer.router.packet(0, end.duplicate());
            peer.run(SECOND);
        }
        assertThat(peer.state()).isEqualTo(State.DOWN);
    }

    private static ByteBuf fragment(ByteBuf whole, int from, int length, int field) {
        ByteBuf out = Unpooled.buffer();
        Ipv4Header.emit(
                out,
                0xc0,
                Ipv4Header.BYTES + length,
                1,
                field,
                1,
                Ipv4Header.OSPF,
                ScriptedPeer.REMOTE.bits(),
                OspfLink.ALL_SPF_ROUTERS);
        return out.writeBytes(whole, Ipv4Header.BYTES + from, length);
    }

    @Test
    void hellosOfAProcessGoTogetherAFewAtATime() {
        assertThat(timesOf(48)).hasSize(20);
        assertThat(timesOf(2000)).hasSizeBetween(480, 500);
    }

    /** When hellos go in an interval on that many links. */
    private static Set<Long> timesOf(int links) {
        OspfProcess process = new OspfProcess(0);
        for (int i = 0; i < links; i++) {
            process.linkAdded();
        }
        Random random = new Random(1);
        Set<Long> times = new TreeSet<>();
        for (int i = 0; i < 50_000; i++) {
            long now = random.nextLong(1000 * INTERVAL);
            long latest = now + (long) (INTERVAL * (0.9 + 0.1 * random.nextDouble()));
            long time = process.helloTime(now, latest, INTERVAL);
            assertThat(time).isBetween(latest - INTERVAL / 20, latest);
            times.add(time % INTERVAL);
        }
        return times;
    }

    @Test
    void aHelloThatHasNoTimeToWaitForOthersGoesWhenItMust() {
        OspfProcess process = new OspfProcess(0);
        process.linkAdded();
        long now = INTERVAL / 20 + 1;
        assertThat(process.helloTime(now, now + 10, INTERVAL)).isEqualTo(now + 10);
    }
}
