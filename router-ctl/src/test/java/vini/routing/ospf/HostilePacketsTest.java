package vini.routing.ospf;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.routing.sim.SimulatedNetwork.SECOND;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import vini.net.Checksum;
import vini.net.wire.Ipv4Header;
import vini.routing.ospf.NeighborMachine.State;
import vini.routing.ospf.wire.Mutation;
import vini.routing.ospf.wire.PcapFile;
import vini.routing.sim.SimulatedNetwork;
import vini.routing.sim.SimulatedWire.Mode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Someone at the link between {@code a} and {@code b} says in {@code b}'s name what real routers
 * say, with changes that get past the checksums. {@code a} must bear it, and so must who hears of
 * it by {@code a}; and when it is over, all must be as before.
 */
class HostilePacketsTest {
    private static final int ROUNDS = 8;
    private static final int PACKETS = 25_000;
    private static final long PAUSE_MAX_NANOS = 400_000;

    /** An LSA with a changed key lives for an hour; in one round there cannot be more than so. */
    private static final int DATABASE_MAX = PACKETS;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** By message type, so that the many hellos do not crowd out the rest. */
    private final TreeMap<Integer, List<ByteBuf>> corpus = new TreeMap<>();

    private final SimulatedNetwork net =
            new SimulatedNetwork(
                    seed,
                    5 * SECOND,
                    10 * SECOND,
                    List.of(
                            SimulatedNetwork.link("a", "b", 10, 0.01),
                            SimulatedNetwork.link("b", "c", 10, 0.01),
                            SimulatedNetwork.link("a", "d", 10, 0.01)));
    private int stepsInFull;
    private int databaseMax;

    @Test
    @Timeout(60)
    void mutatedPacketsDoNoLastingHarm() throws IOException {
        gatherCorpus();
        var routes = new TreeMap<>(net.at("a").fib().routes());
        assertThat(routes).hasSize(4);
        long start = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            String step = "-Dseed=" + seed + " round " + round;
            attack(step);
            // Longer than a forged LSA can live.
            net.clock().runFor(2 * 3600 * SECOND);
            assertThat(net.isFull()).as(step).isTrue();
            for (String name : List.of("a", "b", "c", "d")) {
                assertThat(net.instances(name)).as(step).hasSize(4).isEqualTo(net.instances("a"));
            }
            assertThat(net.at("a").fib().routes()).as(step).isEqualTo(routes);
            assertThat(net.router("a").isSettled()).as(step).isTrue();
        }
        System.out.printf(
                "-Dseed=%d: %d mutated packets in %d ms, %d in FULL, at most %d LSAs, drops %s%n",
                seed,
                ROUNDS * PACKETS,
                (System.nanoTime() - start) / 1_000_000,
                stepsInFull,
                databaseMax,
                net.router("a").drops());
        assertThat(stepsInFull).as("-Dseed=%d", seed).isGreaterThan(PACKETS);
        assertThat(net.router("a").drops())
                .containsKeys(
                        DropReason.MALFORMED,
                        DropReason.AREA,
                        DropReason.ROUTER_ID,
                        DropReason.HELLO_MISMATCH,
                        DropReason.NEIGHBOR_STATE,
                        DropReason.MTU,
                        DropReason.LSA_CHECKSUM,
                        DropReason.LSA_TYPE,
                        DropReason.LSA_AGE);
    }

    /** What {@code b} says to {@code a} while they meet, and what FRR and BIRD said in captures. */
    private void gatherCorpus() throws IOException {
        net.wire("a-b")
                .tap(
                        (nanos, fromLeft, packet) -> {
                            if (!fromLeft) {
                                gather(packet.slice().skipBytes(Ipv4Header.BYTES));
                            }
                        });
        net.start();
        net.clock().runUntil(30 * SECOND);
        // Meeting again, they have to ask each other for what they missed.
        net.wire("a-b").mode(Mode.DOWN);
        net.clock().runFor(SECOND);
        net.wire("a-b").mode(Mode.UP);
        net.clock().runUntil(60 * SECOND);
        net.wire("a-b").tap((nanos, fromLeft, packet) -> {});
        assertThat(corpus).containsOnlyKeys(1, 2, 3, 4, 5);
        Optional<Path> captures = PcapFile.folder();
        if (captures.isPresent()) {
            for (String name : List.of("ospf2.pcap", "ospf2-long.pcap", "ospf2-tun.pcap")) {
                for (ByteBuf packet : PcapFile.ospf(captures.get().resolve(name))) {
                    gather(packet);
                }
            }
        }
    }

    private void gather(ByteBuf ospf) {
        corpus.computeIfAbsent((int) ospf.getByte(ospf.readerIndex() + 1), t -> new ArrayList<>())
                .add(ospf.copy());
    }

    private void attack(String step) {
        OspfRouter victim = net.router("a");
        for (int i = 0; i < PACKETS; i++) {
            List<ByteBuf> packets = corpus.getOrDefault(1 + random.nextInt(5), List.of());
            ByteBuf ospf = packets.get(random.nextInt(packets.size())).copy();
            ospf.setInt(4, ScriptedPeer.PEER);
            Mutation.mutate(ospf, random);
            ByteBuf packet = ScriptedPeer.ip(ospf);
            if (random.nextInt(16) == 0) {
                mutateIp(packet);
            }
            try {
                victim.packet(0, packet);
                net.clock().runFor(random.nextLong(PAUSE_MAX_NANOS));
            } catch (RuntimeException e) {
                throw new AssertionError(
                        step + " packet " + i + ": " + ByteBufUtil.hexDump(packet), e);
            }
            packet.release();
            ospf.release();
            List<NeighborStatus> neighbors = victim.neighbors();
            if (!neighbors.isEmpty() && neighbors.getFirst().state() == State.FULL) {
                stepsInFull++;
            }
            databaseMax = Math.max(databaseMax, victim.database().size());
        }
        assertThat(databaseMax).as(step).isLessThan(DATABASE_MAX);
    }

    /** Changes the IP header: fragments, options, lengths; with a right checksum, mostly. */
    private void mutateIp(ByteBuf packet) {
        packet.setByte(random.nextInt(Ipv4Header.BYTES), random.nextInt(256));
        int header = Ipv4Header.headerLength(packet, 0);
        if (random.nextInt(4) > 0
                && header >= Ipv4Header.BYTES
                && header <= packet.readableBytes()) {
            packet.setShort(Ipv4Header.BYTES - 10, 0);
            packet.setShort(Ipv4Header.BYTES - 10, Checksum.of(packet, 0, header));
        }
    }
}
