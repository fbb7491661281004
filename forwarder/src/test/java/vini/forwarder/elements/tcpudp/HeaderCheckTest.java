package vini.forwarder.elements.tcpudp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.kit.GraphRun;

import java.util.HexFormat;
import java.util.Random;

class HeaderCheckTest {
    /** The beginning of "hi" 10.0.0.1:1234 to 10.0.0.2:5678, written by hand. */
    private static final String UDP_HI =
            "4500001e00010000401166cc0a0000010a000002" + "04d2162e000a";

    private static final String UDP = Segments.udp("10.0.0.1", 1234, "10.0.0.2", 5678, "6869");
    private static final String TCP = Segments.tcp("10.0.0.1", 1, "10.0.0.2", 2, 16, "686921");

    private static String graph(String check) {
        return "in :: Inject -> CheckIPHeader -> c :: "
                + check
                + " -> good :: Collect; c[1] -> bad :: Collect;";
    }

    @Test
    void passesTheSound() throws Exception {
        try (GraphRun run = GraphRun.of(graph("CheckUDPHeader"))) {
            String without = UDP.substring(0, 52) + "0000" + "6869";
            run.push(UDP, without, UDP + "ffff");
            assertThat(run.out("good")).containsExactly(UDP, without, UDP);
            assertThat(UDP).startsWith(UDP_HI);
        }
        try (GraphRun run = GraphRun.of(graph("CheckTCPHeader"))) {
            run.push(TCP);
            assertThat(run.out("good")).containsExactly(TCP);
            assertThat(run.read("c.drops")).isEqualTo("0");
        }
    }

    /** At a place in the transport header, counted in bytes, other bytes. */
    @ParameterizedTest
    @CsvSource({
        "CheckUDPHeader, 4, 0007, BAD_LENGTH",
        "CheckUDPHeader, 4, 000b, BAD_LENGTH",
        "CheckUDPHeader, 6, 0001, BAD_CHECKSUM",
        "CheckUDPHeader, 8, 0000, BAD_CHECKSUM",
        "CheckTCPHeader, 12, 40, BAD_LENGTH",
        "CheckTCPHeader, 12, 60, BAD_LENGTH",
        "CheckTCPHeader, 16, 0000, BAD_CHECKSUM",
    })
    void refuses(String check, int at, String bytes, HeaderCheck.Fault fault) throws Exception {
        String sound = check.contains("UDP") ? UDP : TCP;
        int place = 40 + 2 * at;
        String hex = sound.substring(0, place) + bytes + sound.substring(place + bytes.length());
        try (GraphRun run = GraphRun.of(graph(check + "(DETAILS true)"))) {
            run.push(hex, sound, hex);
            assertThat(run.out("bad")).containsExactly(hex, hex);
            assertThat(run.out("good")).containsExactly(sound);
            assertThat(run.read("c.drops")).isEqualTo("2");
            assertThat(run.read("c.drop_details").lines().toList().get(fault.ordinal()))
                    .startsWith("2\t");
            assertThat(run.chatter()).hasSize(1);
        }
    }

    @Test
    void tellsOfEachIfVerboseAndDropsWithoutOutputOne() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> CheckIPHeader -> c :: CheckUDPHeader(VERBOSE true) ->"
                                + " Collect;")) {
            run.push(TCP, TCP, UDP);
            assertThat(run.chatter())
                    .hasSize(2)
                    .allMatch("c: UDP header check failed: not UDP"::equals);
            assertThat(run.books()).contains("delivered 1", "drop c badUdpHeader 2");
        }
    }

    @Test
    void computesChecksums() throws Exception {
        String wrongUdp = UDP.substring(0, 52) + "1234" + UDP.substring(56);
        String wrongTcp = TCP.substring(0, 72) + "1234" + TCP.substring(76);
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> CheckIPHeader -> SetUDPChecksum -> u :: Collect;in2 ::"
                                + " Inject -> CheckIPHeader -> SetTCPChecksum -> t :: Collect;")) {
            run.push(wrongUdp, wrongTcp, "4500", UDP);
            run.pushFrom("in2", wrongTcp, wrongUdp, TCP);
            assertThat(run.out("u")).containsExactly(UDP, UDP);
            assertThat(run.out("t")).containsExactly(TCP, TCP);
        }
    }

    @Test
    void mendsADataOffsetOnlyIfAsked() throws Exception {
        String wrong = TCP.substring(0, 64) + "f0" + TCP.substring(66);
        try (GraphRun run =
                GraphRun.of(
                        "in :: Inject -> CheckIPHeader -> SetTCPChecksum(true) -> a :: Collect;in2"
                                + " :: Inject -> CheckIPHeader -> s :: SetTCPChecksum -> b ::"
                                + " Collect;")) {
            run.push(wrong);
            run.pushFrom("in2", wrong);
            assertThat(run.out("a")).containsExactly(TCP);
            assertThat(run.out("b")).isEmpty();
            assertThat(run.books()).contains("drop s notTcp 1");
        }
    }

    @Test
    void survivesAnyBytes() throws Exception {
        long seed = 20261122;
        Random random = new Random(seed);
        for (String element :
                new String[] {
                    "CheckUDPHeader",
                    "CheckTCPHeader",
                    "SetUDPChecksum",
                    "SetTCPChecksum(true)",
                    "UDPIPEncap(1.0.0.1, 1, 2.0.0.2, 2)"
                }) {
            try (GraphRun run =
                    GraphRun.of("in :: Inject -> e :: " + element + " -> out :: Collect;")) {
                for (int i = 0; i < 2000; i++) {
                    byte[] bytes = HexFormat.of().parseHex(random.nextBoolean() ? UDP : TCP);
                    for (int changes = random.nextInt(4); changes > 0; changes--) {
                        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                    }
                    String hex = HexFormat.of().formatHex(bytes);
                    run.push(hex.substring(0, 2 * random.nextInt(bytes.length + 1)));
                }
                assertThat(run.out("out")).as("seed %d %s", seed, element).isNotEmpty();
                assertThat(run.books()).as(element).contains("sent 2000");
            }
        }
    }
}
