package vini.forwarder.elements.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.forwarder.Annotation;
import vini.forwarder.Packet;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Inject;
import vini.forwarder.kit.Packets;
import vini.time.Seed;

import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Random bytes, spoiled packets and random annotations through all elements of the families queue
 * and measure: nothing throws, and the books balance.
 */
class HostilePacketsTest {
    private static final int PACKETS = 20_000;

    private static final String GRAPH =
            """
            in :: Inject
                -> RandomBitErrors(0.0001) -> AggregateLength(IP true)
                -> a1 :: AggregateIP(ip src/8) -> AggregateIP(tcp flags, INCREMENTAL true)
                -> af :: AggregateIPFlows(ICMP true)
                -> ac :: AggregateCounter(BYTES true, IP_BYTES true)
                -> AverageCounter -> TimeRange -> tf :: TimeFilter(START 1)
                -> m :: Meter(10, 1000) -> mq :: MixedQueue(20);
            a1[1] -> af; m[1] -> [1] mq; m[2] -> fd :: FrontDropQueue(20);
            tf[1] -> rs :: RatedSplitter(1000) -> bs :: BandwidthRatedSplitter(1Mbps)
                -> bm :: BandwidthMeter(10kBps) -> red :: RED(1, 5, 0.5) -> q :: Queue(10);
            rs[1] -> sq :: SimpleQueue(10); bs[1] -> nq :: NotifierQueue(10);
            bm[1] -> RandomSample(0.5) -> ts :: ThreadSafeQueue(10);
            mq -> BandwidthShaper(1Mbps) -> tss :: TimeSortedSched(BUFFER 3)
                -> CoDel(QUEUES mq) -> Unqueue -> d :: Discard;
            fd -> s :: Shaper(2000) -> [1] tss;
            s[1] -> Unqueue -> d;
            q -> DelayShaper(1ms) -> Unqueue -> d;
            sq -> DelayUnqueue(1ms) -> d;
            nq -> l :: LinkUnqueue(5ms, 10Mbps) -> d;
            ts -> Burster(1ms, 3) -> d;
            """;

    @Test
    void nothingThrowsAndTheBooksBalance() throws Exception {
        long seed = Long.getLong("seed", 11);
        RandomGenerator chance = new Seed(seed).generator("packets");
        try (GraphRun run = GraphRun.of(seed, GRAPH)) {
            Inject in = run.element("in", Inject.class);
            for (int i = 0; i < PACKETS; i++) {
                Packet packet = in.packet(bytes(chance));
                annotate(packet, chance);
                in.inject(packet);
                if (chance.nextInt(5) == 0) {
                    run.run(chance.nextInt(2_000_000));
                }
            }
            run.write("af.clear", "");
            for (String queue : List.of("mq", "fd", "q", "sq", "nq", "ts", "l")) {
                run.write(queue + ".reset", "");
            }
            run.run(1_000_000_000);
            long ended = 0;
            long sent = 0;
            for (String line : run.books()) {
                long number = Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
                sent += line.startsWith("sent") ? number : 0;
                ended += line.startsWith("delivered") || line.startsWith("drop") ? number : 0;
            }
            // The interesting state: packets came through, flows and fragments were seen.
            assertThat(Long.parseLong(run.read("d.count")))
                    .as("-Dseed=%d", seed)
                    .isGreaterThan(100);
            assertThat(Long.parseLong(run.read("ac.nagg"))).isGreaterThan(10);
            // A packet that a delay holds for its timestamp's sake, far in the future, is not lost.
            assertThat(sent - ended).as("-Dseed=%d", seed).isBetween(0L, 10L);
        }
    }

    private static String bytes(RandomGenerator chance) {
        byte[] bytes = new byte[chance.nextInt(80)];
        chance.nextBytes(bytes);
        if (chance.nextInt(4) == 0) {
            return HexFormat.of().formatHex(bytes);
        }
        String from = "10.0.0." + chance.nextInt(8);
        String to = "10.0.0." + chance.nextInt(8);
        int protocol = List.of(1, 6, 17, 89).get(chance.nextInt(4));
        String payload =
                chance.nextBoolean()
                        ? HexFormat.of().formatHex(bytes)
                        : "0300000000000000" + Packets.udp(from, to, 9, 5, 6);
        byte[] packet = HexFormat.of().parseHex(Packets.ipv4(from, to, 64, protocol, payload));
        if (chance.nextInt(3) == 0) {
            packet[6] = (byte) (chance.nextInt(2) << 5);
            packet[7] = (byte) chance.nextInt(3);
        }
        for (int i = chance.nextInt(3); i > 0; i--) {
            packet[chance.nextInt(packet.length)] = (byte) chance.nextInt();
        }
        return HexFormat.of().formatHex(packet, 0, packet.length - chance.nextInt(2) * 5);
    }

    private static void annotate(Packet packet, RandomGenerator chance) {
        packet.timestampNanos(
                switch (chance.nextInt(20)) {
                    case 0 -> chance.nextLong();
                    case 1 -> Long.MAX_VALUE;
                    case 2 -> Long.MIN_VALUE;
                    default -> chance.nextLong(3_000_000_000L);
                });
        if (chance.nextInt(10) == 0) {
            packet.networkHeader(chance.nextInt(-20, 100));
        }
        if (chance.nextInt(20) == 0) {
            packet.annotation(
                    Annotation.EXTRA_LENGTH.at(), Annotation.EXTRA_LENGTH.size(), chance.nextInt());
        }
    }
}
