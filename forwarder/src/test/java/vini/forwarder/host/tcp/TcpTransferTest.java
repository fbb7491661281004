package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.host.HostCounter;
import vini.forwarder.host.SimulatedWire;
import vini.forwarder.host.TcpSettings;
import vini.net.wire.TcpHeader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Data over a simulated wire, in virtual time. */
class TcpTransferTest {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1000 * MS;
    private static final int TCP = 20;
    private static final TcpSettings BULK = new TcpSettings(0, 1 << 20, true);

    private static Peer send(SimulatedWire wire, long bytes, int window, Peer receiver)
            throws IOException {
        wire.b.listen(5001, window, (from, port) -> receiver);
        Peer sender = new Peer(wire.clock, bytes, true);
        wire.a.connect(SimulatedWire.B, 5001, sender, BULK);
        return sender;
    }

    private static int payload(ByteBuf packet) {
        return packet.readableBytes() - TCP - TcpHeader.headerLength(packet, TCP);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1448, 1449, 2000, 5000, 16_384, 28_672, 32_768, 65_535, 262_144})
    void carriesExactlyOneWindowPerRoundTrip(int window) throws Exception {
        SimulatedWire wire = new SimulatedWire(1, 38 * MS);
        Peer receiver = new Peer(wire.clock, 0, false);
        send(wire, 1L << 40, window, receiver);
        wire.clock.runUntil(5 * SECOND);
        for (int k = 0; k < 20; k++) {
            long from = 5 * SECOND - (k + 1L) * 76 * MS;
            assertThat(receiver.receivedBetween(from, from + 76 * MS)).isEqualTo(window);
        }
        assertThat(wire.a.counters().get(HostCounter.TCP_RETRANSMITTED)).isZero();
    }

    @Test
    void startsSlowly() throws Exception {
        SimulatedWire wire = new SimulatedWire(1, 50 * MS);
        Peer receiver = new Peer(wire.clock, 0, false);
        send(wire, 1L << 40, 0, receiver);
        wire.clock.runUntil(2 * SECOND);
        // The handshake takes one round trip; the data of flight k arrives 50 ms after 100 k.
        long flight = 10 * 1448;
        for (int k = 1; k <= 5; k++) {
            long at = (100 * k + 50) * MS;
            assertThat(receiver.receivedBetween(at - 20 * MS, at + 20 * MS))
                    .as("flight %d", k)
                    .isBetween(flight * 7 / 8, flight);
            flight *= 2;
        }
    }

    @Test
    void doublesItsTimerInAnOutageAndStartsSlowlyAfterwards() throws Exception {
        SimulatedWire wire = new SimulatedWire(1, 0);
        wire.delayNanos = 10; // so little that the timer is at its least
        wire.bitsPerSecond = 10_000_000;
        Peer receiver = new Peer(wire.clock, 0, false);
        send(wire, 1L << 40, 16_384, receiver);
        wire.clock.runUntil(2 * SECOND);
        List<Long> tries = new ArrayList<>();
        wire.tap =
                packet -> {
                    if (payload(packet) > 0) {
                        tries.add(wire.clock.nowNanos());
                    }
                };
        wire.down = true;
        wire.clock.runUntil(9 * SECOND);
        wire.down = false;
        assertThat(tries.size()).isBetween(5, 8);
        int last = tries.size() - 1;
        long gap = tries.get(last) - tries.get(last - 1);
        assertThat(gap).isBetween(3200 * MS, 3500 * MS); // 200 ms and the round trip, 16 times
        for (int i = last; i > last - 3; i--) {
            assertThat(tries.get(i - 1) - tries.get(i - 2)).isEqualTo(gap /= 2);
        }
        long before = receiver.received;
        tries.clear();
        wire.clock.runUntil(20 * SECOND);
        assertThat(receiver.received - before).isGreaterThan(5 << 20);
        assertThat(receiver.corrupt).isFalse();
        // One segment alone, then two: slow start.
        assertThat(tries.get(1) - tries.get(0)).isGreaterThan(1 * MS);
        assertThat(tries.get(2) - tries.get(1)).isZero();
    }

    @Test
    void mendsASingleLossByFastRetransmit() throws Exception {
        SimulatedWire wire = new SimulatedWire(1, 38 * MS);
        Peer receiver = new Peer(wire.clock, 0, true);
        int[] count = {0};
        wire.drop = packet -> payload(packet) > 0 && ++count[0] == 100;
        Peer sender = send(wire, 1_000_000, 65_535, receiver);
        wire.clock.runUntil(30 * SECOND);
        assertThat(receiver.received).isEqualTo(1_000_000);
        assertThat(receiver.corrupt).isFalse();
        assertThat(wire.a.counters().get(HostCounter.TCP_FAST_RETRANSMIT)).isEqualTo(1);
        assertThat(wire.a.counters().get(HostCounter.TCP_RETRANSMITTED)).isEqualTo(1);
        assertThat(wire.a.counters().get(HostCounter.TCP_TIMEOUT)).isZero();
        assertThat(sender.events).containsExactly("connected", "peer closed", "closed");
    }

    @Test
    void mendsSeveralLossesOfOneWindowWithoutATimeout() throws Exception {
        SimulatedWire wire = new SimulatedWire(1, 38 * MS);
        Peer receiver = new Peer(wire.clock, 0, false);
        int[] count = {0};
        wire.drop =
                packet ->
                        payload(packet) > 0
                                && ++count[0] >= 100
                                && count[0] <= 106
                                && count[0] % 3 == 1;
        send(wire, 1_000_000, 65_535, receiver);
        wire.clock.runUntil(30 * SECOND);
        assertThat(receiver.received).isEqualTo(1_000_000);
        assertThat(wire.lost).isEqualTo(3);
        // Three, and RFC 6675's rescue of the tail, as the window has no room for new data.
        assertThat(wire.a.counters().get(HostCounter.TCP_RETRANSMITTED)).isBetween(3L, 4L);
        assertThat(wire.a.counters().get(HostCounter.TCP_FAST_RETRANSMIT)).isEqualTo(1);
        assertThat(wire.a.counters().get(HostCounter.TCP_TIMEOUT)).isZero();
    }

    @Test
    void sharesARateWithAShortQueue() throws Exception {
        SimulatedWire wire = new SimulatedWire(1, 10 * MS);
        wire.bitsPerSecond = 10_000_000;
        wire.queuePackets = 20;
        Peer receiver = new Peer(wire.clock, 0, false);
        send(wire, 1L << 40, 0, receiver);
        wire.clock.runUntil(30 * SECOND);
        assertThat(wire.lost).isPositive();
        // 1448 of 1500 bytes are payload
        assertThat(receiver.receivedBetween(10 * SECOND, 30 * SECOND) * 8 / 20)
                .isBetween(9_500_000L, 9_660_000L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void deliversEverythingInOrderWhateverTheWireDoes(int variant) throws Exception {
        long seed = Long.getLong("seed", System.nanoTime()) + variant;
        SimulatedWire wire = new SimulatedWire(seed, 5 * MS);
        wire.loss = 0.02 * (variant % 4);
        wire.duplication = variant > 2 ? 0.05 : 0;
        wire.reorderNanos = variant > 4 ? 20 * MS : 0;
        wire.bitsPerSecond = variant > 6 ? 20_000_000 : 0;
        Peer receiver = new Peer(wire.clock, 300_000, true);
        int window = new int[] {3000, 65_535, 200_000}[variant % 3];
        Peer sender = send(wire, 500_000, window, receiver);
        wire.clock.runUntil(4000 * SECOND);
        assertThat(receiver.received).as("-Dseed=%d", seed - variant).isEqualTo(500_000);
        assertThat(sender.received).as("-Dseed=%d", seed - variant).isEqualTo(300_000);
        assertThat(receiver.corrupt || sender.corrupt).as("-Dseed=%d", seed - variant).isFalse();
        assertThat(sender.events).startsWith("connected").endsWith("closed");
        assertThat(receiver.events).startsWith("connected").endsWith("closed");
        assertThat(wire.unreleased()).isZero();
        assertThat(wire.lost > 0).isEqualTo(wire.loss > 0);
        assertThat(wire.overtaken > 0 || wire.reorderNanos == 0).isTrue();
    }

    /** Found by the test above: each end took the other's acknowledgments for old segments. */
    @Test
    void bothEndsCanTimeOutAtOnce() throws Exception {
        for (long seed : new long[] {13198593908907L, 13198593908912L}) {
            SimulatedWire wire = new SimulatedWire(seed, 5 * MS);
            wire.loss = seed % 2 == 1 ? 0.04 : 0.06;
            boolean reorders = seed % 2 == 0;
            wire.duplication = reorders ? 0.05 : 0;
            wire.reorderNanos = reorders ? 20 * MS : 0;
            wire.bitsPerSecond = reorders ? 20_000_000 : 0;
            Peer receiver = new Peer(wire.clock, 300_000, true);
            Peer sender = send(wire, 500_000, reorders ? 65_535 : 200_000, receiver);
            wire.clock.runUntil(4000 * SECOND);
            assertThat(receiver.received).isEqualTo(500_000);
            assertThat(sender.received).isEqualTo(300_000);
        }
    }

    @Test
    void isTheSameTwice() throws Exception {
        List<Long> times = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            SimulatedWire wire = new SimulatedWire(77, 5 * MS);
            wire.loss = 0.03;
            wire.reorderNanos = 10 * MS;
            Peer receiver = new Peer(wire.clock, 0, true);
            send(wire, 300_000, 65_535, receiver);
            wire.clock.runUntil(1000 * SECOND);
            assertThat(receiver.received).isEqualTo(300_000);
            times.add(receiver.arrivals.getLast()[0] * 1_000_000 + wire.sent);
        }
        assertThat(times.get(0)).isEqualTo(times.get(1));
    }

    @Test
    void asksAtAClosedWindowAndGoesOnWhenItOpens() throws Exception {
        SimulatedWire wire = new SimulatedWire(1, 5 * MS);
        Peer receiver = new Peer(wire.clock, 0, true);
        send(wire, 100_000, 20_000, receiver);
        wire.clock.runUntil(15 * MS);
        receiver.connection().pause();
        wire.clock.runUntil(20 * SECOND);
        long sent = wire.sent;
        long stored = receiver.received;
        assertThat(stored).isLessThan(40_000);
        // The update that opens the window is lost; a probe finds out.
        wire.down = true;
        receiver.connection().resume();
        wire.clock.runUntil(20 * SECOND + MS);
        assertThat(receiver.received - stored).isEqualTo(20_000);
        wire.down = false;
        wire.clock.runUntil(100 * SECOND);
        assertThat(receiver.received).isEqualTo(100_000);
        assertThat(receiver.corrupt).isFalse();
        assertThat(sent).isLessThan(70);
        assertThat(wire.a.counters().get(HostCounter.TCP_TIMEOUT)).isZero();
    }

    @Test
    void goesOnInSmallerSegmentsWhenALinkIsNarrow() throws Exception {
        SimulatedWire wire = new SimulatedWire(1, 5 * MS);
        Peer receiver = new Peer(wire.clock, 0, false);
        // A router with an MTU of 1000 before b: drops, and says so.
        wire.drop =
                packet -> {
                    if (packet.readableBytes() <= 1000) {
                        return false;
                    }
                    ByteBuf error = NarrowRouter.tooBig(packet, 1000);
                    wire.clock.schedule(MS, () -> wire.a.input(error));
                    return true;
                };
        send(wire, 200_000, 65_535, receiver);
        wire.clock.runUntil(60 * SECOND);
        assertThat(receiver.received).isEqualTo(200_000);
        assertThat(wire.lost).isLessThan(30);
    }
}
