package vini.forwarder.elements.standard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;
import vini.forwarder.kit.Puller;

import java.util.List;

/** Strip, Unstrip, StripToNetworkHeader, Pad, Truncate, Resize, CheckLength. */
class LengthsTest {
    private static final String ETHER = "00".repeat(12) + "0800";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Strip(0) | 0102 | 0102",
                "Strip(1) | 0102 | 02",
                "Strip(2) | 0102 | ''",
                "Strip(LENGTH 65535) | 0102 | ''",
                "Strip(2) -> Unstrip(1) | 010203 | 0203",
                "Strip(2) -> Unstrip(2) | 0102 | 0102",
                "Unstrip(0) | 01 | 01",
                "Truncate(0) | 0102 | ''",
                "Truncate(1) | 0102 | 01",
                "Truncate(3) | 0102 | 0102",
                "Pad | 0102 | 0102",
                "Pad(0) | 0102 | 0102",
                "Pad(4) | 0102 | 01020000",
                "Pad(4, ZERO false) | 0102 | 01020000",
                "Truncate(1) -> Truncate(0) -> Pad | 0102 | 0000",
                "Truncate(1) -> Pad(1) -> Pad | 0102 | 01",
                "Truncate(1, EXTRA_LENGTH false) -> Pad | 0102 | 01",
                "Resize | 0102 | 0102",
                "Resize(-1) | 0102 | 02",
                "Resize(-1, -1) | 0102 | ''",
                "Resize(-3, 2) | 0102 | 0000",
                "Resize(0, -3) | 0102 | ''",
                "Strip(1) -> Resize(1, 1) | 0102 | 010200",
                "Resize(TAIL 1) | 0102 | 010200",
                "CheckLength(2) | 0102 | 0102",
            })
    void changesTheLength(String chain, String packet, String expected) throws Exception {
        try (GraphRun run = GraphRun.of("in :: Inject -> " + chain + " -> out :: Collect;")) {
            run.push(packet);
            assertThat(run.out("out")).containsExactly(expected);
        }
        try (GraphRun run =
                GraphRun.of("in :: Inject -> Queue -> " + chain + " -> out :: Puller;")) {
            run.push(packet);
            assertThat(run.element("out", Puller.class).pull()).isEqualTo(expected);
            assertThat(run.element("out", Puller.class).pull()).isNull();
        }
    }

    @Test
    void newBytesInFrontAreZeroWhenTheHeadroomIsUsedUp() throws Exception {
        try (GraphRun run =
                GraphRun.of("in :: Inject -> Strip(1) -> Unstrip(100) -> out :: Collect;")) {
            run.push("0102");
            // 65 bytes were in front: whatever lies there, the stripped byte is the last of them.
            String out = run.out("out").getFirst();
            assertThat(out).hasSize(202).endsWith("0102").startsWith("00".repeat(35));
        }
    }

    @Test
    void whoWritesDoesNotChangeTheOthersCopy() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> t :: Tee -> Pad(4) -> a :: Collect; t[1] -> Resize(-1, 2)"
                                + " -> b :: Collect; t[2] -> Truncate(1) -> Pad -> c :: Collect;"
                                + " t[3] -> d :: Collect;")) {
            run.push("010203");
            assertThat(run.out("a")).containsExactly("01020300");
            assertThat(run.out("b")).containsExactly("02030000");
            assertThat(run.out("c")).containsExactly("010000");
            assertThat(run.out("d")).containsExactly("010203");
        }
    }

    @Test
    void theNetworkHeaderBecomesTheBeginning() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> Strip(14) -> CheckIPHeader -> Unstrip(14)"
                                + " -> s :: StripToNetworkHeader -> out :: Collect;")) {
            run.push(ETHER + Packets.UDP);
            assertThat(run.out("out")).containsExactly(Packets.UDP);
            assertThat(run.seen("out").getFirst().networkHeader()).isZero();
        }
    }

    @Test
    void aNetworkHeaderBeyondTheEndIsNone() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> Strip(14) -> CheckIPHeader -> Unstrip(14) -> Truncate(13)"
                                + " -> s :: StripToNetworkHeader -> out :: Collect;")) {
            run.push(ETHER + Packets.UDP);
            assertThat(run.out("out")).isEmpty();
            assertThat(run.books()).contains("drop s noNetworkHeader 1");
            assertThat(run.read("s.drops")).isEqualTo("1");
        }
    }

    @Test
    void packetsDoNotGrowBeyondTheirBound() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> a :: Unstrip(65534) -> b :: Resize(1) -> out :: Collect;"
                                + " more :: Inject -> c :: Unstrip(65535) -> out;"
                                + " huge :: Inject -> SetAnnoByte(28, 255) -> Pad -> out;")) {
            run.push("01");
            run.pushFrom("more", "01");
            assertThat(run.books()).contains("drop b packetTooLong 1", "drop c packetTooLong 1");
            run.pushFrom("huge", "01");
            assertThat(run.out("out")).hasSize(1);
            assertThat(run.out("out").getFirst()).hasSize(2 * 65535).startsWith("0100");
        }
    }

    @Test
    void lengthsCanBeChanged() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> r :: Resize -> t :: Truncate(9) -> c :: CheckLength(9)"
                                + " -> out :: Collect;")) {
            run.write("r.head", "-1");
            run.write("r.tail", "2");
            run.write("t.nbytes", "2");
            run.push("010203");
            run.write("c.length", "1");
            run.push("010203");
            assertThat(run.out("out")).isEqualTo(List.of("0203"));
            assertThat(run.read("c.drops")).isEqualTo("1");
            assertThat(run.read("r.head") + run.read("r.tail")).isEqualTo("-12");
        }
    }
}
