package vini.forwarder.elements.ip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Random bytes, and real packets with some bytes changed, through each element that reads headers,
 * sound or not: nothing is thrown, nothing leaks, and the books balance.
 */
class IpFuzzTest {
    private static final HexFormat HEX = HexFormat.of();

    /** Packets with options, fragments, ICMP, TCP, whose checksums are as they may be. */
    private static final List<String> REAL =
            List.of(
                    Packets.UDP,
                    Packets.UDP_1,
                    Packets.ipv4("10.0.0.1", "10.0.0.2", 9, 17, "ab".repeat(90)),
                    Packets.ipv4(
                            "10.0.0.1", "10.0.0.2", 9, 6, "0001000200000000" + "00".repeat(24)),
                    Packets.ipv4("10.0.0.1", "10.0.0.2", 9, 1, "0800f7fd00010001"),
                    Packets.ipv4("1.0.0.1", "2.0.0.2", 9, 1, "0000fffd00010001"),
                    "470000240001000040110000"
                            + "0a0000010a000002"
                            + "0707040000000000"
                            + "00".repeat(8),
                    "480000280001000040110000" + "0a0000010a000002" + "440c0501" + "00".repeat(16),
                    "470000240001000040110000"
                            + "0a0000010a000002"
                            + "8907080a00000900"
                            + "00".repeat(8),
                    "4500001c00012000401146ce" + "0a0000010a000002" + "04d2162e00180000",
                    "4500001c00010001401166cd" + "0a0000010a000002" + "0011223344556677");

    private static final String TABLE = "(10.0.0.0/30 1.1.1.1|1.1.1.2 0, 0.0.0.0/0 0)";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CheckIPHeader",
                "CheckIPHeader(14)",
                "CheckIPHeader2",
                "DecIPTTL",
                "IPGWOptions(10.0.0.9, 10.0.0.7)",
                "SetIPAddress(1.2.3.4, 16:4) -> FixIPSrc(10.0.0.9)",
                "GetIPAddress(16)",
                "GetIPAddress(IP src)",
                "StoreIPAddress(1.2.3.4, 17)",
                "StoreIPAddress(1.2.3.4, src)",
                "SetIPChecksum",
                "SetIPDSCP(3)",
                "SetIPECN(ce)",
                "MarkIPCE",
                "IPFragmenter(68)",
                "IPFragmenter(28, HONOR_DF false, HEADROOM 100)",
                "IPReassembler(HIMEM 20000)",
                "IPEncap(ipip, 1.1.1.1, DST_ANNO)",
                "StripIPHeader",
                "IPInputCombo(1)",
                "IPPrint(x, PAYLOAD hex, ID true, TTL true)",
                "IPPrint(CONTENTS ascii, MAXLENGTH -1)",
                "DropBroadcasts",
                "CheckICMPHeader",
                "ICMPError(10.0.0.9, timeexceeded)",
                "ICMPError(10.0.0.9, redirect, host, MTU 68)",
                "ICMPError(10.0.0.9, parameterproblem, RATE 0)",
                "ICMPPingResponder",
                "ICMPPingEncap(1.0.0.1, 2.0.0.2)",
                "ICMPIPEncap(1.0.0.1, 2.0.0.2, unreachable)",
            })
    void survives(String element) throws Exception {
        fuzz("in :: Inject -> MarkIPHeader(%d) -> " + element + " -> Discard;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RadixIPLookup", "RangeIPLookup", "LinearIPLookup", "StaticIPLookup"})
    void tablesSurvive(String element) throws Exception {
        fuzz("in :: Inject -> MarkIPHeader(%d) -> " + element + TABLE + " -> Discard;");
    }

    @Test
    void combosSurvive() throws Exception {
        fuzz(
                "in :: Inject -> MarkIPHeader(%d) -> o :: IPOutputCombo(0, 1.1.1.1, 60);"
                        + "d :: Discard; o[0] -> d; o[1] -> d; o[2] -> d; o[3] -> d; o[4] -> d;");
        fuzz(
                "in :: Inject -> MarkIPHeader(%d) -> p :: ICMPPingSource(2.0.0.2, 1.0.0.1, LIMIT 3,"
                        + " MIRROR true) -> Discard;");
    }

    private static void fuzz(String form) throws Exception {
        long seed = Long.getLong("seed", 20261122);
        Random random = new Random(seed);
        for (int offset : new int[] {0, 0, 3, 14, 2000}) {
            try (GraphRun run = GraphRun.of(form.formatted(offset))) {
                for (int round = 0; round < 40; round++) {
                    run.push(packets(random, offset));
                    run.run(3_000_000_000L);
                }
                run.run(100_000_000_000L);
                assertThat(balance(run)).as("-Dseed=%d, offset %d", seed, offset).isZero();
            }
        }
    }

    private static String[] packets(Random random, int offset) {
        return Stream.generate(() -> packet(random, offset)).limit(30).toArray(String[]::new);
    }

    private static String packet(Random random, int offset) {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            return HEX.formatHex(noise);
        }
        String front = random.nextInt(3) == 0 ? "" : "00".repeat(Math.min(offset, 20));
        byte[] bytes = HEX.parseHex(front + REAL.get(random.nextInt(REAL.size())));
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        int length = random.nextInt(5) == 0 ? random.nextInt(bytes.length) : bytes.length;
        return HEX.formatHex(bytes, 0, length);
    }

    /** Packets that began, less those that ended. */
    private static long balance(GraphRun run) {
        long balance = 0;
        for (String line : run.books()) {
            String[] words = line.split(" ", -1);
            long n = Long.parseLong(words[words.length - 1]);
            balance += words[0].equals("sent") ? n : -n;
        }
        return balance;
    }
}
