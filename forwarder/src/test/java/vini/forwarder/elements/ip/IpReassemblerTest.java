package vini.forwarder.elements.ip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

class IpReassemblerTest {
    private static final String ADDRESSES = "0a0000010a000002";

    /** A fragment of a UDP packet; {@code word} has flags and offset as in the header. */
    private static String fragment(int id, int word, String payload) {
        String head = "4500%04x%04x%04x4011".formatted(20 + payload.length() / 2, id, word);
        return head + Packets.checksum(head + ADDRESSES) + ADDRESSES + payload;
    }

    private static String fragmenter(int mtu) {
        return "in :: Inject -> CheckIPHeader -> IPFragmenter(" + mtu + ") -> out :: Collect;";
    }

    @Test
    void whatAFragmenterTakesApartIsPutTogetherInAnyOrder() throws Exception {
        long seed = Long.getLong("seed", 99);
        Random random = new Random(seed);
        String whole =
                "in :: Inject -> CheckIPHeader -> IPReassembler -> CheckIPHeader -> out ::"
                        + " Collect;";
        int most = 0;
        for (int round = 0; round < 40; round++) {
            byte[] data = new byte[1 + random.nextInt(1400)];
            random.nextBytes(data);
            String packet =
                    Packets.ipv4("10.0.0.1", "10.0.0.2", 9, 17, HexFormat.of().formatHex(data));
            List<String> parts;
            try (GraphRun run = GraphRun.of(fragmenter(28 + random.nextInt(700)))) {
                run.push(packet);
                parts = new ArrayList<>(run.out("out"));
            }
            most = Math.max(most, parts.size());
            Collections.shuffle(parts, random);
            try (GraphRun run = GraphRun.of(whole)) {
                run.push(parts.toArray(new String[0]));
                assertThat(run.out("out")).as("-Dseed=%d", seed).containsExactly(packet);
            }
        }
        assertThat(most).as("-Dseed=%d", seed).isGreaterThan(40);
    }

    @Test
    void memoryIsBoundedAndTheEldestGo() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> CheckIPHeader -> r :: IPReassembler(HIMEM 16384) -> out ::"
                                + " Collect;")) {
            for (int id = 1; id <= 20; id++) {
                run.push(fragment(id, 0x2000, "0011223344556677"));
                assertThat(Long.parseLong(run.read("r.memory"))).isLessThanOrEqualTo(16384);
            }
            // The last one is still there, the first is not.
            run.push(fragment(20, 1, "aa"), fragment(1, 1, "aa"));
            assertThat(run.out("out")).hasSize(1);
            assertThat(run.books()).anyMatch(line -> line.startsWith("drop r reassemblyFull"));
        }
    }

    @Test
    void badFragmentsAreDropped() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> CheckIPHeader -> r :: IPReassembler -> out :: Collect;")) {
            run.push(
                    fragment(1, 0x2000, "001122"), // not of eight bytes, and more come
                    fragment(1, 0x2000, ""),
                    fragment(1, 0x1fff, "0011223344556677")); // ends beyond 65535
            assertThat(run.read("r.length")).isEqualTo("0");
            assertThat(run.books()).contains("drop r badFragment 3");
        }
    }

    @Test
    void contradictoryEndsEndThePacket() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> CheckIPHeader -> r :: IPReassembler -> out :: Collect;")) {
            run.push(
                    fragment(1, 3, "0011"), // the last one, ends at 26
                    fragment(1, 0x2004, "0011223344556677"));
            assertThat(run.read("r.length")).isEqualTo("0");
            assertThat(run.books()).contains("drop r overlappingFragment 2");
        }
    }
}
