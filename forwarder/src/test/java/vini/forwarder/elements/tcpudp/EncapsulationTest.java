package vini.forwarder.elements.tcpudp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.ConfigException;
import vini.forwarder.HandlerException;
import vini.forwarder.kit.GraphRun;
import vini.net.Ipv4Address;

class EncapsulationTest {
    /** "abc" from 1.0.0.1:1234 to 2.0.0.2:1234, written by hand. */
    private static final String ABC =
            "4500001f00000000fa11bdcb" + "0100000102000002" + "04d204d2000b" + "2ecf" + "616263";

    @Test
    void putsBothHeadersInFront() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> UDPIPEncap(1.0.0.1, 1234, 2.0.0.2, 1234) -> out ::"
                                + " Collect;")) {
            run.push("616263", "616263");
            assertThat(run.out("out").getFirst()).isEqualTo(ABC);
            assertThat(run.out("out").get(1)).startsWith("4500001f00010000fa11");
            assertThat(run.out("out")).allMatch(Segments::sound);
            assertThat(run.seen("out").getFirst().destination())
                    .isEqualTo(Ipv4Address.parse("2.0.0.2"));
            assertThat(run.seen("out").getFirst().networkHeader()).isZero();
        }
    }

    @Test
    void leavesTheChecksumOutAndTakesTheDestinationFromTheAnnotation() throws Exception {
        String inner = Segments.udp("9.9.9.9", 1, "8.8.8.8", 2, "");
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> CheckIPHeader"
                                + " -> e :: UDPIPEncap(1.0.0.1, 1, DST_ANNO, 2, CHECKSUM false)"
                                + " -> out :: Collect;")) {
            run.push(inner);
            assertThat(run.out("out").getFirst().substring(32, 56))
                    .isEqualTo("08080808" + "000100020024" + "0000");
            assertThat(run.read("e.dst")).isEqualTo("DST_ANNO");
        }
    }

    @Test
    void changesByHandlers() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> e :: UDPIPEncap(1.0.0.1, 1, 2.0.0.2, 2) -> out ::"
                                + " Collect;")) {
            run.write("e.src", "3.0.0.3");
            run.write("e.sport", "30");
            run.write("e.dst", "4.0.0.4");
            run.write("e.dport", "40");
            run.push("");
            assertThat(Segments.summary(run.out("out").getFirst()))
                    .isEqualTo("3.0.0.3 30 4.0.0.4 40 U");
            assertThat(run.read("e.src") + run.read("e.sport")).isEqualTo("3.0.0.330");
            assertThat(run.read("e.dst") + run.read("e.dport")).isEqualTo("4.0.0.440");
            assertThatThrownBy(() -> run.write("e.dport", "70000"))
                    .isInstanceOf(HandlerException.class);
            assertThatThrownBy(() -> run.write("e.dst", "here"))
                    .isInstanceOf(HandlerException.class);
        }
    }

    @Test
    void countsThePortsUpAfterEachInterval() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> DynamicUDPIPEncap(1.0.0.1, 65535, 2.0.0.2, 7, true, 2)"
                                + " -> out :: Collect;")) {
            run.push("00", "00", "00", "00", "00");
            assertThat(run.out("out").stream().map(Segments::summary))
                    .containsExactly(
                            "1.0.0.1 65535 2.0.0.2 7 U",
                            "1.0.0.1 65535 2.0.0.2 7 U",
                            "1.0.0.1 0 2.0.0.2 8 U",
                            "1.0.0.1 0 2.0.0.2 8 U",
                            "1.0.0.1 1 2.0.0.2 9 U");
            assertThat(run.out("out")).allMatch(Segments::sound);
        }
    }

    @Test
    void dropsWhatIsTooLong() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> UDPIPEncap(1.0.0.1, 1, 2.0.0.2, 2) -> out :: Collect;")) {
            run.push("00".repeat(65507), "00".repeat(65508));
            assertThat(run.out("out")).hasSize(1).allMatch(Segments::sound);
            assertThat(run.out("out").getFirst()).startsWith("4500ffff");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.0.0.1, 1, 2.0.0.2",
                "1.0.0.1, 65536, 2.0.0.2, 1",
                "x, 1, 2.0.0.2, 1",
                "1.0.0.1, 1, y, 1",
                "1.0.0.1, 1, 2.0.0.2, 1, maybe",
                "1.0.0.1, 1, 2.0.0.2, 1, true, 3"
            })
    void refuses(String configuration) {
        assertThatThrownBy(
                        () -> GraphRun.of("Idle -> UDPIPEncap(" + configuration + ") -> Discard;"))
                .isInstanceOf(ConfigException.class);
    }
}
