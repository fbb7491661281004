package vini.forwarder.elements.ip6;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.forwarder.elements.ip6.Ip6Packets.A;
import static vini.forwarder.elements.ip6.Ip6Packets.B;
import static vini.forwarder.elements.ip6.Ip6Packets.THEM;
import static vini.forwarder.elements.ip6.Ip6Packets.UDP;
import static vini.forwarder.elements.ip6.Ip6Packets.US;

import org.junit.jupiter.api.Test;

import vini.forwarder.kit.GraphRun;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Random and damaged packets through all elements of the family. */
class Ip6FuzzTest {
    private static final String GRAPH =
            """
            in :: Inject -> IP6Print -> MarkIP6Header(3) -> loose :: DecIP6HLIM;
            loose[0] -> ICMP6Error(fd00::ff, parameterproblem, 2) -> Discard;
            loose[1] -> ICMP6Error(fd00::ff, packettoobig) -> Discard;
            ip :: Inject -> MarkIP6Header -> IP6Print(CONTENTS true) -> check :: CheckIP6Header;
            check[1] -> ICMP6Error(fd00::ff, unreachable) -> Discard;
            check[0] -> hlim :: DecIP6HLIM -> GetIP6Address(24)
              -> rt :: LookupIP6Route(fd00::/16 0, ff00::/8 0, ::/0 fd00::3 1);
            hlim[1] -> ICMP6Error(fd00::ff, timeexceeded) -> errors :: Counter -> Discard;
            rt[1] -> SetIP6Address(fd00::4) -> IP6Encap(ip6, fd00::1, DST_ANNO)
              -> IP6Fragmenter(1280) -> [0]nds;
            rt[0] -> [0]nds :: IP6NDSolicitor(fd00::1, 02:00:00:00:00:01, CAPACITY 9,
              ENTRY_CAPACITY 5, TIMEOUT 1s, POLL_TIMEOUT 100ms);
            nds[0] -> out :: Counter -> Discard;
            nds[1] -> IP6NDAdvertiser(fd00::3 02:00:00:00:00:03) -> [0]mix :: EtherSwitch -> Discard;
            frame :: Inject -> [1]mix[1] -> [1]nds;
            adv :: Inject -> IP6NDAdvertiser(fd00::/64 02:00:00:00:00:02) -> answers :: Counter
              -> Discard;
            """;

    @Test
    void nothingThrowsAndTheBooksBalance() throws Exception {
        long seed = Long.getLong("seed", 20261122);
        Random random = new Random(seed);
        List<String> packets =
                List.of(
                        Ip6Packets.ipv6(A, B, 17, 1, UDP),
                        Ip6Packets.ipv6(A, "fd00::3", 17, 64, UDP),
                        Ip6Packets.ipv6(A, "2001:db8::1", 0, 9, "3c00000000000000" + "1100" + UDP),
                        Ip6Packets.ipv6(A, "2001:db8::1", 44, 9, "1100000100000001" + UDP),
                        Ip6Packets.ipv6(A, "2001:db8::1", 17, 9, "ab".repeat(1300)),
                        Ip6Packets.icmp(A, B, 1, 1, 0, "00000000" + UDP));
        List<String> frames =
                List.of(
                        Ip6Packets.advertisement(B, A, 0x60, B, THEM),
                        Ip6Packets.advertisement("fd00::3", A, 0, "fd00::3", THEM),
                        Ip6Packets.solicitation(A, "ff02::1:ff00:2", B, US));
        try (GraphRun run = GraphRun.of(GRAPH)) {
            for (int i = 0; i < 10_000; i++) {
                String packet = damaged(packets, random);
                String frame = damaged(frames, random);
                run.push(packet);
                run.pushFrom("ip", packet);
                run.pushFrom("ip", packets.get(random.nextInt(packets.size())));
                run.pushFrom("frame", frame);
                run.pushFrom("adv", frame);
                run.run(random.nextInt(30_000_000));
            }
            for (String counter :
                    List.of("errors.count", "out.count", "answers.count", "nds.responses")) {
                assertThat(Long.parseLong(run.read(counter)))
                        .as("-Dseed=%d %s", seed, counter)
                        .isPositive();
            }
            assertBalance(run);
        }
    }

    private static String damaged(List<String> models, Random random) {
        byte[] bytes = HexFormat.of().parseHex(models.get(random.nextInt(models.size())));
        switch (random.nextInt(5)) {
            case 0 -> random.nextBytes(bytes);
            case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(120));
            default -> {}
        }
        return HexFormat.of().formatHex(bytes);
    }

    /** Sent is delivered, dropped or still held. */
    private static void assertBalance(GraphRun run) {
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
