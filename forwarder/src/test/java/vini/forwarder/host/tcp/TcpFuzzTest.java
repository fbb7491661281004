package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;

import vini.forwarder.host.HostCounter;
import vini.forwarder.host.SimulatedWire;
import vini.forwarder.host.TcpSettings;
import vini.net.Checksum;
import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;

import java.util.Random;

/** Segments that are almost right, into connections that live. */
class TcpFuzzTest {
    private static final long MS = 1_000_000L;
    private static final int ROUNDS = 150;

    private long mutated;

    @Test
    void survivesMutatedSegmentsInAllStates() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        long challenged = 0;
        long bad = 0;
        long unacceptable = 0;
        long ended = 0;
        for (int round = 0; round < ROUNDS; round++) {
            SimulatedWire wire = new SimulatedWire(seed + round, 5 * MS);
            wire.loss = 0.02;
            wire.reorderNanos = 3 * MS;
            Peer receiver = new Peer(wire.clock, 30_000, true);
            Peer sender = new Peer(wire.clock, 30_000, true);
            wire.b.listen(80, 10_000, (from, port) -> receiver);
            wire.a.connect(SimulatedWire.B, 80, sender, TcpSettings.DEFAULT);
            wire.tap = packet -> disturb(wire, packet, random);
            try {
                wire.clock.runUntil(30_000 * MS);
            } catch (RuntimeException e) {
                throw new AssertionError("-Dseed=" + seed + ", round " + round, e);
            }
            challenged += wire.b.counters().get(HostCounter.TCP_CHALLENGED);
            bad += wire.b.counters().get(HostCounter.BAD_TCP);
            unacceptable += wire.b.counters().get(HostCounter.TCP_UNACCEPTABLE);
            ended += sender.events.contains("closed") ? 1 : 0;
            // A forged reset may leave the other end alone, which waits for ever; but it can end.
            wire.tap = packet -> {};
            wire.clock.runFor(2_000_000 * MS);
            receiver.abort();
            sender.abort();
            wire.clock.runFor(1000 * MS);
            assertThat(wire.a.connectionCount() + wire.b.connectionCount())
                    .as("-Dseed=%d, round %d", seed, round)
                    .isZero();
            assertThat(wire.unreleased()).as("-Dseed=%d, round %d", seed, round).isZero();
        }
        assertThat(mutated).as("-Dseed=%d", seed).isGreaterThan(1000);
        assertThat(challenged).as("-Dseed=%d challenged", seed).isPositive();
        assertThat(bad).as("-Dseed=%d malformed", seed).isPositive();
        assertThat(unacceptable).as("-Dseed=%d unacceptable", seed).isPositive();
        assertThat(ended).as("-Dseed=%d some ended well", seed).isPositive();
    }

    /** After some segments, a forged copy with something else in it arrives as well. */
    private void disturb(SimulatedWire wire, ByteBuf packet, Random random) {
        if (random.nextInt(4) != 0) {
            return;
        }
        mutated++;
        ByteBuf forged = packet.copy();
        int tcp = Ipv4Header.BYTES;
        int length = forged.readableBytes() - tcp;
        int options = TcpHeader.headerLength(forged, tcp) - TcpHeader.BYTES;
        switch (random.nextInt(7)) {
            case 0 -> forged.setByte(tcp + TcpHeader.FLAGS_AT, random.nextInt(256));
            case 1 -> {
                int sequence = forged.getInt(tcp + TcpHeader.SEQUENCE_AT);
                forged.setInt(
                        tcp + TcpHeader.SEQUENCE_AT, sequence + random.nextInt(-20_000, 20_000));
            }
            case 2 -> {
                int acknowledgment = forged.getInt(tcp + TcpHeader.ACKNOWLEDGMENT_AT);
                forged.setInt(
                        tcp + TcpHeader.ACKNOWLEDGMENT_AT,
                        acknowledgment + random.nextInt(-20_000, 20_000));
            }
            case 3 -> forged.setShort(tcp + TcpHeader.WINDOW_AT, random.nextInt(65536));
            case 4 -> forged.setByte(tcp + TcpHeader.DATA_OFFSET_AT, random.nextInt(256));
            case 5 -> {
                for (int i = 0; i < options; i++) {
                    forged.setByte(tcp + TcpHeader.OPTIONS_AT + i, random.nextInt(32));
                }
            }
            default -> forged.setByte(tcp + random.nextInt(length), random.nextInt(256));
        }
        TcpHeader.seal(
                forged,
                tcp,
                length,
                forged.getInt(Ipv4Header.SOURCE_AT),
                forged.getInt(Ipv4Header.DESTINATION_AT));
        boolean toB = forged.getInt(Ipv4Header.DESTINATION_AT) == SimulatedWire.B.bits();
        wire.clock.schedule(random.nextLong(10 * MS), () -> (toB ? wire.b : wire.a).input(forged));
    }

    @Test
    void survivesRandomBytes() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        SimulatedWire wire = new SimulatedWire(seed, MS);
        long accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(1, 120)];
            random.nextBytes(bytes);
            ByteBuf packet = io.netty.buffer.Unpooled.wrappedBuffer(bytes);
            if (bytes.length >= 20 && random.nextInt(10) > 0) {
                packet.setByte(0, 0x45);
                packet.setShort(Ipv4Header.TOTAL_LENGTH_AT, bytes.length);
                packet.setShort(Ipv4Header.FRAGMENT_AT, 0);
                packet.setByte(Ipv4Header.PROTOCOL_AT, new int[] {1, 6, 17}[random.nextInt(3)]);
                packet.setInt(Ipv4Header.DESTINATION_AT, SimulatedWire.B.bits());
                packet.setShort(Ipv4Header.CHECKSUM_AT, 0);
                packet.setShort(Ipv4Header.CHECKSUM_AT, Checksum.of(packet, 0, Ipv4Header.BYTES));
                accepted++;
            }
            wire.b.input(packet);
            assertThat(packet.refCnt()).isZero();
        }
        wire.clock.runFor(1000 * MS);
        assertThat(accepted).as("-Dseed=%d", seed).isGreaterThan(1000);
        assertThat(wire.b.counters().get(HostCounter.BAD_TCP)).isPositive();
        assertThat(wire.b.counters().get(HostCounter.BAD_ICMP)).isPositive();
        assertThat(wire.b.counters().get(HostCounter.BAD_UDP)).isPositive();
    }
}
