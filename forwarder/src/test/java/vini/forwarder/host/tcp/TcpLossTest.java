package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.host.Congestion;
import vini.forwarder.host.HostCounter;
import vini.forwarder.host.SimulatedWire;
import vini.forwarder.host.TcpSettings;
import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** How losses are found and mended, over a simulated wire in virtual time. */
class TcpLossTest {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1000 * MS;
    private static final int TCP = Ipv4Header.BYTES;
    private static final int WINDOW = 1 << 23;
    private static final int SACK = 5;

    private static TcpSettings bulk(Congestion congestion) {
        return new TcpSettings(0, WINDOW, true, congestion);
    }

    private static Flow flow(SimulatedWire wire, int port, long bytes, Congestion congestion)
            throws Exception {
        Flow flow = new Flow(wire, bytes);
        wire.b.listen(port, WINDOW, (from, fromPort) -> flow.receiver);
        wire.a.connect(SimulatedWire.B, port, flow.sender, bulk(congestion));
        return flow;
    }

    private record Flow(Peer sender, Peer receiver) {
        Flow(SimulatedWire wire, long bytes) {
            this(new Peer(wire.clock, bytes, true), new Peer(wire.clock, 0, false));
        }

        double bitsPerSecond(long from, long to) {
            return receiver.receivedBetween(from, to) * 8.0 * SECOND / (to - from);
        }
    }

    private static int payload(ByteBuf packet) {
        return packet.readableBytes() - TCP - TcpHeader.headerLength(packet, TCP);
    }

    /** A middlebox that puts no-operations in the place of "SACK permitted". */
    private static void withoutSack(ByteBuf packet) {
        if ((packet.getByte(TCP + TcpHeader.FLAGS_AT) & TcpHeader.SYN) == 0) {
            return;
        }
        int end = TCP + TcpHeader.headerLength(packet, TCP);
        for (int at = TCP + TcpHeader.OPTIONS_AT; at + 1 < end; at++) {
            if (packet.getShort(at) == 0x0402) {
                packet.setShort(at, 0x0101);
            }
        }
        TcpHeader.seal(
                packet,
                TCP,
                packet.readableBytes() - TCP,
                packet.getInt(Ipv4Header.SOURCE_AT),
                packet.getInt(Ipv4Header.DESTINATION_AT));
    }

    private static long counter(SimulatedWire wire, HostCounter counter) {
        return wire.a.counters().get(counter);
    }

    /** Loses each {@code every}th of so many data segments, once the flow is under way. */
    private static void loseSome(SimulatedWire wire, int from, int losses, int every) {
        int[] count = {0};
        wire.drop =
                packet -> {
                    if (payload(packet) <= 0) {
                        return false;
                    }
                    int n = count[0]++ - from;
                    return n >= 0 && n < losses * every && n % every == 0;
                };
    }

    /** When the first and the last of what was lost were sent again, in round trips. */
    private static double mends(int losses, boolean sack) throws Exception {
        SimulatedWire wire = new SimulatedWire(1, 10 * MS);
        wire.bitsPerSecond = 200_000_000;
        wire.queuePackets = 4000;
        TreeMap<Integer, Long> first = new TreeMap<>();
        List<Long> again = new ArrayList<>();
        loseSome(wire, 400, losses, 3);
        wire.tap =
                packet -> {
                    if (!sack) {
                        withoutSack(packet);
                    }
                    if (payload(packet) > 0) {
                        int sequence = packet.getInt(TCP + TcpHeader.SEQUENCE_AT);
                        if (first.putIfAbsent(sequence, wire.clock.nowNanos()) != null) {
                            again.add(wire.clock.nowNanos());
                        }
                    }
                };
        Flow flow = flow(wire, 80, 3_000_000, Congestion.NEWRENO);
        wire.clock.runUntil(60 * SECOND);
        assertThat(flow.receiver.received).isEqualTo(3_000_000);
        assertThat(flow.receiver.corrupt).isFalse();
        assertThat(wire.lost).isEqualTo(losses);
        assertThat(counter(wire, HostCounter.TCP_TIMEOUT))
                .as("timeouts with %d losses", losses)
                .isZero();
        assertThat(counter(wire, HostCounter.TCP_FAST_RETRANSMIT)).isEqualTo(1);
        assertThat(again).hasSize(losses);
        return (again.getLast() - again.getFirst()) / (20.0 * MS);
    }

    @Test
    void mendsAllLossesOfAWindowInOneRoundTripWithSackAndOneEachWithout() throws Exception {
        for (int losses : new int[] {4, 16, 40}) {
            assertThat(mends(losses, true)).as("%d with SACK", losses).isLessThan(1);
        }
        // A round trip is longer than 20 ms by what is in the queue.
        assertThat(mends(4, false)).isBetween(3.0, 5.5);
        assertThat(mends(8, false)).isBetween(7.0, 12.0);
    }

    /** Mathis et al.: MSS / RTT * sqrt(3 / 2b) / sqrt(p), b = 2 with delayed acknowledgments. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.0025})
    void reachesWhatMathisSaysUnderRandomLoss(double loss) throws Exception {
        SimulatedWire wire = new SimulatedWire(5, 25 * MS);
        wire.drop = new RandomLoss(loss)::loses;
        Flow flow = flow(wire, 80, 1L << 40, Congestion.NEWRENO);
        wire.clock.runUntil(200 * SECOND);
        double mathis =
                1448 * 8 / 0.05 * Math.sqrt(1.5) / Math.sqrt(loss); // by byte counting b = 1
        double measured = flow.bitsPerSecond(10 * SECOND, 200 * SECOND);
        assertThat(measured / mathis).as("%.0f of %.0f", measured, mathis).isBetween(0.75, 1.2);
        // Only a repetition that is lost as well needs the timer: RFC 6675 does not find that.
        long repeated = counter(wire, HostCounter.TCP_RETRANSMITTED);
        assertThat(counter(wire, HostCounter.TCP_TIMEOUT)).isLessThan(repeated / 20);
    }

    /** Only data, so that it is known what is lost. */
    private static final class RandomLoss {
        private final java.util.Random random = new java.util.Random(77);
        private final double loss;

        RandomLoss(double loss) {
            this.loss = loss;
        }

        boolean loses(ByteBuf packet) {
            return payload(packet) > 0 && random.nextDouble() < loss;
        }
    }

    @ParameterizedTest
    @EnumSource
    void needsNoTimeoutAtAShortQueue(Congestion congestion) throws Exception {
        SimulatedWire wire = new SimulatedWire(1, 20 * MS);
        wire.bitsPerSecond = 20_000_000;
        wire.queuePackets = 60;
        Flow flow = flow(wire, 80, 1L << 40, congestion);
        wire.clock.runUntil(60 * SECOND);
        assertThat(wire.lost).isPositive();
        assertThat(counter(wire, HostCounter.TCP_TIMEOUT)).isZero();
        assertThat(flow.bitsPerSecond(10 * SECOND, 60 * SECOND)).isBetween(17.5e6, 19.4e6);
        // No more is sent again than was lost, but for a rescue here and there.
        long repeated = counter(wire, HostCounter.TCP_RETRANSMITTED);
        assertThat(repeated).isBetween(wire.lost, wire.lost + 20);
    }

    @ParameterizedTest
    @EnumSource
    void sharesFairlyWithItself(Congestion congestion) throws Exception {
        SimulatedWire wire = new SimulatedWire(1, 20 * MS);
        wire.bitsPerSecond = 20_000_000;
        wire.queuePackets = 60;
        Flow one = flow(wire, 80, 1L << 40, congestion);
        wire.clock.runUntil(10 * SECOND);
        Flow two = flow(wire, 81, 1L << 40, congestion);
        wire.clock.runUntil(210 * SECOND);
        double first = one.bitsPerSecond(60 * SECOND, 210 * SECOND);
        double second = two.bitsPerSecond(60 * SECOND, 210 * SECOND);
        double jain = (first + second) * (first + second) / (2 * (first * first + second * second));
        assertThat(jain).as("%.0f and %.0f bit/s", first, second).isGreaterThan(0.9);
        assertThat(first + second).isGreaterThan(18.5e6);
    }

    /** 690 segments are under way at least, and 350 wait at most. */
    @Test
    void keepsALongPipeFull() throws Exception {
        SimulatedWire wire = new SimulatedWire(1, 40 * MS);
        wire.bitsPerSecond = 100_000_000;
        wire.queuePackets = 350;
        Flow flow = flow(wire, 80, 1L << 40, Congestion.CUBIC);
        wire.clock.runUntil(60 * SECOND);
        assertThat(wire.lost).isPositive();
        assertThat(flow.bitsPerSecond(20 * SECOND, 60 * SECOND)).isBetween(90e6, 97e6);
        assertThat(counter(wire, HostCounter.TCP_TIMEOUT)).isZero();
    }

    /** A pipe that is never full: only one segment is lost, by our hand. */
    @Test
    void growsAlongTheCubicFunctionAfterALoss() throws Exception {
        SimulatedWire wire = new SimulatedWire(1, 40 * MS);
        int[] data = {0};
        wire.drop = packet -> payload(packet) > 0 && data[0]++ == 1000;
        Flow flow = flow(wire, 80, 1L << 40, Congestion.CUBIC);
        CongestionControl cubic = congestion(flow, wire);
        while (cubic.threshold() == Long.MAX_VALUE) {
            wire.clock.runFor(MS);
        }
        double most = cubic.windowBytes() / Cubic.FIRST;
        wire.clock.runFor(100 * MS); // recovery, whose end is the beginning of the epoch
        long start = wire.clock.nowNanos();
        double k = Math.cbrt(0.5 * most / 1448 / 0.4);
        for (double part : new double[] {0.25, 0.5, 0.75, 1, 1.5}) {
            wire.clock.runUntil(start + (long) (part * k * SECOND));
            double t = (part - 1) * k;
            double expected = 0.4 * t * t * t + most / 1448;
            assertThat(cubic.windowBytes() / 1448.0 / expected)
                    .as("after %.2f of K = %.1f s, W_max %.0f", part, k, most / 1448)
                    .isBetween(0.97, 1.03);
        }
        assertThat(wire.lost).isEqualTo(1);
        assertThat(counter(wire, HostCounter.TCP_RETRANSMITTED)).isEqualTo(1);
    }

    private static CongestionControl congestion(Flow flow, SimulatedWire wire) {
        wire.clock.runFor(200 * MS);
        return ((Connection) flow.sender.connection()).sender().congestion();
    }

    @Test
    void noticesThatARepetitionWasLostWithoutTheTimer() throws Exception {
        SimulatedWire wire = new SimulatedWire(1, 20 * MS);
        wire.bitsPerSecond = 100_000_000;
        TreeMap<Integer, Integer> times = new TreeMap<>();
        int[] count = {0};
        int[] lost = {0};
        wire.drop =
                packet -> {
                    if (payload(packet) <= 0) {
                        return false;
                    }
                    int sequence = packet.getInt(TCP + TcpHeader.SEQUENCE_AT);
                    int time = times.merge(sequence, 1, Integer::sum);
                    lost[0] = ++count[0] == 200 ? sequence : lost[0];
                    return sequence == lost[0] && lost[0] != 0 && time <= 2;
                };
        Flow flow = flow(wire, 80, 3_000_000, Congestion.NEWRENO);
        wire.clock.runUntil(20 * SECOND);
        assertThat(flow.receiver.received).isEqualTo(3_000_000);
        assertThat(wire.lost).isEqualTo(2);
        assertThat(counter(wire, HostCounter.TCP_TIMEOUT)).isZero();
        assertThat(counter(wire, HostCounter.TCP_REPETITION_LOST)).isEqualTo(1);
    }

    @Test
    void reportsWhatCameTwice() throws Exception {
        SimulatedWire wire = new SimulatedWire(1, 5 * MS);
        wire.duplication = 0.02;
        List<Integer> reports = new ArrayList<>();
        wire.tap =
                packet -> {
                    int blocks = sackBlocks(packet);
                    if (blocks > 0) {
                        reports.add(blocks);
                    }
                };
        Flow flow = flow(wire, 80, 2_000_000, Congestion.CUBIC);
        wire.clock.runUntil(20 * SECOND);
        assertThat(flow.receiver.received).isEqualTo(2_000_000);
        assertThat(reports.size()).isBetween(10, 60);
        assertThat(reports).containsOnly(1);
        assertThat(counter(wire, HostCounter.TCP_RETRANSMITTED)).isZero();
    }

    private static int sackBlocks(ByteBuf packet) {
        int at = TCP + TcpHeader.OPTIONS_AT;
        int end = TCP + TcpHeader.headerLength(packet, TCP);
        while (at < end && packet.getByte(at) != 0) {
            int kind = packet.getByte(at);
            if (kind == SACK) {
                return packet.getByte(at + 1) / 8;
            }
            at += kind == 1 ? 1 : packet.getByte(at + 1);
        }
        return 0;
    }

    @Test
    void doesWithoutSackWhereOneEndDoesNotWantIt() throws Exception {
        SimulatedWire wire = new SimulatedWire(3, 5 * MS);
        wire.loss = 0.02;
        int[] withBlocks = {0};
        wire.tap =
                packet -> {
                    withoutSack(packet);
                    withBlocks[0] += sackBlocks(packet) > 0 ? 1 : 0;
                };
        Flow flow = flow(wire, 80, 500_000, Congestion.CUBIC);
        wire.clock.runUntil(100 * SECOND);
        assertThat(flow.receiver.received).isEqualTo(500_000);
        assertThat(withBlocks[0]).isZero();
        assertThat(counter(wire, HostCounter.TCP_SACK_IN)).isZero();
    }
}
