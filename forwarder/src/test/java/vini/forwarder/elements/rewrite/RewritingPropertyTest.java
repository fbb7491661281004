package vini.forwarder.elements.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.elements.tcpudp.Segments;
import vini.forwarder.kit.GraphRun;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** What must hold for every packet: the way there and back changes nothing, and sums are right. */
class RewritingPropertyTest {
    private static final String[] REWRITERS = {
        "IPRewriter(pattern 203.0.113.1 1024-65535 - - 0 1, keep 1 0)",
        "IPRewriter(pattern 203.0.113.0/28 1-65535? 9.8.7.6 1234 0 1, keep 1 0)",
        "TCPRewriter(pattern 203.0.113.1 1024-65535# - - 0 1, keep 1 0)",
        "UDPRewriter(pattern 203.0.113.1 1-65535* - - 0 1, keep 1 0)",
        "IPAddrRewriter(pattern 0.0.0.0-255.255.255.255 - 0 1, keep 1 0)",
        "IPAddrPairRewriter(pattern 203.0.0.0/16 255.254.253.252 0 1, keep 1 0)",
        "ICMPPingRewriter(pattern 203.0.113.1 - 0-65535? 0 1, keep 1 0)",
    };

    private static String address(Random random) {
        // Many extremes, where ones' complement has two zeros.
        int bits =
                switch (random.nextInt(4)) {
                    case 0 -> 0x0a000000 | random.nextInt(256);
                    case 1 -> random.nextBoolean() ? 0 : 0x0000ffff;
                    default -> random.nextInt();
                };
        int first = bits >>> 28 == 0xe || bits == -1 ? bits & 0x0fffffff : bits;
        return Segments.dotted("%08x".formatted(first));
    }

    private static int port(Random random) {
        int[] extremes = {0, 1, 0xffff, 80};
        int which = random.nextInt(8);
        return which < extremes.length ? extremes[which] : random.nextInt(0x10000);
    }

    private static String data(Random random) {
        byte[] bytes = new byte[random.nextInt(9)];
        if (random.nextBoolean()) {
            random.nextBytes(bytes);
        }
        return HexFormat.of().formatHex(bytes);
    }

    private static String packet(String rewriter, Random random) {
        String from = address(random);
        String to = address(random);
        int flags = random.nextInt(64);
        if (rewriter.startsWith("ICMP")) {
            return Segments.echo(from, to, 8, port(random), port(random));
        }
        boolean tcp =
                !rewriter.startsWith("UDP") && (rewriter.startsWith("TCP") || random.nextBoolean());
        return tcp
                ? Segments.tcp(from, port(random), to, port(random), flags, data(random))
                : Segments.udp(from, port(random), to, port(random), data(random));
    }

    /**
     * A packet to where this one came from, with the data of this one; checksums are summed anew.
     */
    private static String replyTo(String hex) {
        String from = Segments.dotted(hex.substring(32, 40));
        String to = Segments.dotted(hex.substring(24, 32));
        String segment = hex.substring(40);
        int first = Integer.parseInt(segment.substring(0, 4), 16);
        int second = Integer.parseInt(segment.substring(4, 8), 16);
        return switch (hex.substring(18, 20)) {
            case "06" -> Segments.tcp(from, second, to, first, 16, segment.substring(40));
            case "11" -> Segments.udp(from, second, to, first, segment.substring(16));
            default ->
                    Segments.echo(
                            from,
                            to,
                            0,
                            Integer.parseInt(segment.substring(8, 12), 16),
                            Integer.parseInt(segment.substring(12, 16), 16));
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void thereAndBackIsWhereItWas(int which) throws Exception {
        String rewriter = REWRITERS[which];
        long seed = 20261122L + which;
        Random random = new Random(seed);
        int changed = 0;
        int restored = 0;
        try (GraphRun run =
                GraphRun.of(
                        "in0 :: Inject -> CheckIPHeader -> [0]rw :: "
                                + rewriter
                                + "; in1 :: Inject -> CheckIPHeader -> [1]rw;"
                                + "rw[0] -> out0 :: Collect; rw[1] -> out1 :: Collect;")) {
            for (int i = 0; i < 400; i++) {
                String packet = packet(rewriter, random);
                run.pushFrom("in0", packet);
                List<String> there = run.out("out0");
                int back = run.out("out1").size();
                if (there.size() == changed) {
                    continue; // no place for it, or a reply of some other flow
                }
                changed = there.size();
                String out = there.getLast();
                assertThat(Segments.sound(out)).as("seed %d packet %s", seed, packet).isTrue();
                assertThat(out.substring(48)).hasSize(packet.length() - 48);
                run.pushFrom("in1", replyTo(out));
                // A reply may look like a packet of another flow.
                if (run.out("out1").size() == back) {
                    changed = run.out("out0").size();
                    continue;
                }
                assertThat(run.out("out1").getLast())
                        .as("seed %d packet %s", seed, packet)
                        .isEqualTo(replyTo(packet));
                restored++;
                run.clock().runFor(1_000_000);
            }
            assertThat(restored).as("seed %d", seed).isGreaterThan(which == 4 ? 100 : 250);
            assertThat(changed).as("seed %d", seed).isGreaterThan(250);
        }
    }

    @Test
    void anyBytesLeaveRewritersAliveAndBooksInBalance() throws Exception {
        long seed = 99;
        Random random = new Random(seed);
        for (String rewriter : REWRITERS) {
            try (GraphRun run =
                    GraphRun.of(
                            "in0 :: Inject -> [0]rw :: "
                                    + rewriter.replace(
                                            ")", ", MAPPING_CAPACITY 100, GUARANTEE 0.01)")
                                    + "; in1 :: Inject -> [1]rw; in2 :: Inject -> e ::"
                                    + " ICMPRewriter(rw);rw[0] -> out0 :: Collect; rw[1] -> out1 ::"
                                    + " Collect;e[0] -> yes :: Collect; e[1] -> no :: Collect;")) {
                for (int i = 0; i < 400; i++) {
                    String packet = packet(rewriter, random);
                    run.pushFrom("in0", packet, mutated(packet, random));
                    List<String> sent = run.out("out0");
                    if (!sent.isEmpty()) {
                        String last = sent.getLast();
                        run.pushFrom("in1", mutated(last.length() < 48 ? packet : last, random));
                        String error =
                                Segments.error(
                                        "1.2.3.4",
                                        Segments.dotted(
                                                last.concat("00".repeat(20)).substring(24, 32)),
                                        "0b00",
                                        last,
                                        20 + random.nextInt(30));
                        run.pushFrom("in2", error, mutated(error, random));
                    }
                    run.clock().runFor(1_000_000);
                }
                assertThat(run.out("yes")).as("seed %d %s", seed, rewriter).isNotEmpty();
                assertThat(run.out("no")).as("seed %d %s", seed, rewriter).isNotEmpty();
                assertThat(Integer.parseInt(run.read("rw.size"))).isBetween(1, 100);
                run.write("rw.clear", "");
                assertThat(run.read("rw.size")).isEqualTo("0");
                assertThat(run.read("rw.table")).isEmpty();
            }
        }
    }

    private static String mutated(String hex, Random random) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int n = random.nextInt(4); n > 0; n--) {
            bytes[random.nextInt(Math.min(bytes.length, 60))] = (byte) random.nextInt();
        }
        String changed = HexFormat.of().formatHex(bytes);
        return random.nextInt(3) > 0
                ? changed
                : changed.substring(0, 2 * random.nextInt(bytes.length + 1));
    }

    @Test
    void quotedPacketsOfAllSizesKeepRightSums() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in0 :: Inject -> CheckIPHeader -> rw :: IPRewriter(pattern 203.0.113.1 7 -"
                                + " - 0 0) -> out0 :: Collect;in1 :: Inject -> CheckIPHeader ->"
                                + " ICMPRewriter(rw) -> out1 :: Collect;")) {
            String packet = Segments.tcp("10.0.0.1", 1, "10.0.0.2", 2, 16, "616263");
            run.pushFrom("in0", packet);
            String out = run.out("out0").getFirst();
            for (int bytes = 28; bytes <= 43; bytes++) {
                run.pushFrom("in1", Segments.error("10.0.0.2", "203.0.113.1", "0300", out, bytes));
                String home = run.out("out1").getLast();
                assertThat(Segments.sound(home)).isTrue();
                // Half of a checksum cannot be mended.
                if (bytes != 37) {
                    assertThat(home)
                            .isEqualTo(
                                    Segments.error("10.0.0.2", "10.0.0.1", "0300", packet, bytes));
                }
            }
        }
    }
}
