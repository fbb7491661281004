package vini.forwarder.elements.ip;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.forwarder.kit.Packets.UDP;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.kit.GraphRun;
import vini.net.Ipv4Address;

class CheckIpHeaderTest {
    private static final String WITH_BAD =
            "in :: Inject -> c :: CheckIPHeader -> good :: Collect; c[1] -> bad :: Collect;";

    @Test
    void passesASoundHeaderAndMarksIt() throws Exception {
        try (GraphRun run = GraphRun.of(WITH_BAD)) {
            run.push(UDP);
            assertThat(run.out("good")).containsExactly(UDP);
            assertThat(run.seen("good").getFirst().destination())
                    .isEqualTo(Ipv4Address.parse("10.0.0.2"));
            assertThat(run.read("c.count")).isEqualTo("1");
            assertThat(run.read("c.drops")).isEqualTo("0");
        }
    }

    @Test
    void cutsOffWhatLiesBeyondTheIpLength() throws Exception {
        try (GraphRun run = GraphRun.of(WITH_BAD)) {
            run.push(UDP + "00".repeat(18));
            assertThat(run.out("good")).containsExactly(UDP);
        }
    }

    @Test
    void acceptsOptions() throws Exception {
        // IHL 6, and one word of no-operation options.
        String options = "46000018000100004011" + "63d0" + "0a0000010a000002" + "01010101";
        try (GraphRun run = GraphRun.of(WITH_BAD)) {
            run.push(options);
            assertThat(run.out("good")).containsExactly(options);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "an empty packet, ''",
        "nineteen bytes, 4500001300010000401166d70a0000010a0000",
        "version 6, 6500001c00010000401146ce0a0000010a00000204d2162e00080000",
        "a header of 16 bytes, 4400001c00010000401171d00a0000010a00000204d2162e00080000",
        "a header beyond the end, 4f00001c0001000040115cce0a0000010a00000204d2162e00080000",
        "a length below the header's, 4500001300010000401166d70a0000010a00000204d2162e00080000",
        "a length beyond the end, 4500001d00010000401166cd0a0000010a00000204d2162e00080000",
        "a wrong checksum, 4500001c00010000401166cf0a0000010a00000204d2162e00080000",
        "source 255.255.255.255, 4500001c00010000401170cfffffffff0a00000204d2162e00080000",
        "source 224.0.0.1, 4500001c00010000401190cde00000010a00000204d2162e00080000",
    })
    void refuses(String what, String hex) throws Exception {
        try (GraphRun run = GraphRun.of(WITH_BAD)) {
            run.push(hex, UDP, hex);
            assertThat(run.out("bad")).as(what).containsExactly(hex, hex);
            assertThat(run.out("good")).containsExactly(UDP);
            assertThat(run.read("c.drops")).isEqualTo("2");
        }
    }

    @Test
    void dropsAndCountsTheUnsoundWhenOutputOneIsNotWired() throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> c :: CheckIPHeader -> Collect;")) {
            run.push("45", UDP);
            assertThat(run.books()).contains("delivered 1", "drop c badIpHeader 1");
        }
    }
}
