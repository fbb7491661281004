package vini.forwarder.elements.ether;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.forwarder.kit.GraphRun;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Random and damaged frames through all elements of the family. */
class EtherFuzzTest {
    private static final String GRAPH =
            """
            in :: Inject -> HostEtherFilter(02:00:00:00:00:01, DROP_OTHER false)
              -> ARPPrint -> VLANDecap -> check :: CheckARPHeader(14);
            check[1] -> sw :: EtherSwitch(TIMEOUT 1);
            Idle -> [1]sw;
            sw[0] -> Discard;
            sw[1] -> EtherMirror -> VLANEncap(ANNO) -> StripEtherVLANHeader -> EnsureEther
              -> SetVLANAnno(3) -> EtherVLANEncap(0x0800, 1:1:1:1:1:1, 2:2:2:2:2:2, ANNO)
              -> EtherRewrite(3:3:3:3:3:3, 4:4:4:4:4:4)
              -> l :: ListenEtherSwitch -> Discard;
            l[1] -> Discard;
            check[0] -> EtherEncap(1, 1:1:1:1:1:1, 2:2:2:2:2:2) -> VLANEncap(9)
              -> VLANDecap -> StripEtherVLANHeader -> r :: ARPResponder(10.0.0.0/24 02:00:00:00:00:07);
            r[0] -> answered :: Counter -> Discard;
            r[1] -> [1]arp :: ARPQuerier(10.0.0.1, 02:00:00:00:00:01, CAPACITY 20, ENTRY_CAPACITY 8,
              ENTRY_PACKET_CAPACITY 4, TIMEOUT 50ms, POLL_TIMEOUT 20ms);
            ip :: Inject -> CheckIPHeader -> [0]arp -> out :: Counter -> Discard;
            """;

    @Test
    void nothingThrowsAndTheBooksBalance() throws Exception {
        long seed = Long.getLong("seed", 20261122);
        Random random = new Random(seed);
        List<String> models =
                List.of(
                        EtherFrames.request(EtherFrames.BROADCAST, "10.0.0.9"),
                        EtherFrames.reply(EtherFrames.THEM, "10.0.0.2"),
                        EtherFrames.reply(EtherFrames.THEM, "10.0.0.5", "10.0.0.9"),
                        EtherFrames.ip(EtherFrames.THEM, EtherFrames.udp("10.0.0.2", 1)),
                        "0202020202020101010101018100a0050800aabb");
        try (GraphRun run = GraphRun.of(GRAPH)) {
            for (int i = 0; i < 20_000; i++) {
                byte[] bytes = HexFormat.of().parseHex(models.get(random.nextInt(models.size())));
                switch (random.nextInt(4)) {
                    case 0 -> bytes = new byte[random.nextInt(70)];
                    case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                    case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(80));
                    default -> {}
                }
                if (random.nextInt(10) == 0) {
                    random.nextBytes(bytes);
                }
                run.push(HexFormat.of().formatHex(bytes));
                run.pushFrom("ip", EtherFrames.udp("10.0.0." + random.nextInt(40), i & 0xffff));
                run.run(random.nextInt(3_000_000));
            }
            String why = "-Dseed=" + seed;
            assertThat(Long.parseLong(run.read("answered.count"))).as(why).isPositive();
            assertThat(Long.parseLong(run.read("out.count"))).as(why).isPositive();
            assertThat(Long.parseLong(run.read("arp.responses"))).as(why).isPositive();
            assertThat(Long.parseLong(run.read("arp.drops"))).as(why).isPositive();
            assertBalance(run);
        }
    }

    /** Sent is delivered, dropped or still held. */
    static void assertBalance(GraphRun run) throws Exception {
        long sent = 0;
        long ended = 0;
        for (String line : run.books()) {
            String[] words = line.split(" ", -1);
            long n = Long.parseLong(words[words.length - 1]);
            switch (words[0]) {
                case "sent" -> sent += n;
                case "delivered", "drop" -> ended += n;
                default -> {}
            }
        }
        assertThat(sent).isEqualTo(ended + run.loop().packets().inUse());
    }
}
