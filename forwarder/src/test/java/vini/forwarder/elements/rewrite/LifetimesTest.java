package vini.forwarder.elements.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.forwarder.elements.tcpudp.Segments.ACK;
import static vini.forwarder.elements.tcpudp.Segments.FIN;
import static vini.forwarder.elements.tcpudp.Segments.RST;
import static vini.forwarder.elements.tcpudp.Segments.SYN;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long flows stay and who goes first; the cases are those of Click's own tests. */
class LifetimesTest {
    private static String out(int n) {
        return "1.0.0.%d %d 2.0.0.2 %d T".formatted(n, 10 + n, 20 + n);
    }

    private static String back(int n) {
        return "2.0.0.2 %d 2.0.0.1 %d T".formatted(20 + n, 1023 + n);
    }

    @Test
    void refusesNewFlowsWhileAllAreGuaranteedAndThenReplacesTheFirstToTimeOut() throws Exception {
        try (RewriteRun nat =
                new RewriteRun(
                        "IPRewriter(pattern 2.0.0.1 1024-65535# - - 0 1, drop, MAPPING_CAPACITY 8)",
                        2,
                        2)) {
            for (int n = 1; n <= 9; n++) {
                nat.until(n / 10.0);
                assertThat(nat.push(0, out(n))).matches(n <= 8 ? "0 .*" : "-");
            }
            for (int n = 1; n <= 9; n++) {
                nat.until(1 + n / 10.0);
                assertThat(nat.push(1, back(n))).matches(n <= 8 ? "1 .*" : "-");
            }
            nat.until(7);
            assertThat(nat.push(0, "1.0.0.10 20 2.0.0.2 30 U"))
                    .isEqualTo("0 2.0.0.1 1033 2.0.0.2 30 U");
            for (int n = 1; n <= 9; n++) {
                nat.until(7 + n / 10.0);
                assertThat(nat.push(1, back(n))).matches(n > 1 && n <= 8 ? "1 .*" : "-");
            }
            nat.until(8);
            assertThat(nat.push(1, "2.0.0.2 30 2.0.0.1 1033 U")).startsWith("1 ");
            // The UDP flow is the first to time out, and goes.
            nat.until(14);
            assertThat(nat.push(0, "1.0.0.11 21 2.0.0.2 31 T")).startsWith("0 2.0.0.1 1034");
            assertThat(nat.push(1, "2.0.0.2 30 2.0.0.1 1033 U")).isEqualTo("-");
            // So is a TCP flow with data in one direction.
            nat.until(20);
            assertThat(nat.push(0, "1.0.0.12 22 2.0.0.2 32 U")).startsWith("0 2.0.0.1 1035");
            assertThat(nat.push(1, "2.0.0.2 31 2.0.0.1 1034 T")).isEqualTo("-");
            assertThat(nat.push(1, "2.0.0.2 32 2.0.0.1 1035 U")).startsWith("1 ");
            assertThat(nat.read("mapping_failures")).isEqualTo("1");
        }
    }

    @Test
    void aFlowWithoutGuaranteeTakesNoPlaceFromOneThatOutlivesIt() throws Exception {
        try (RewriteRun nat =
                new RewriteRun(
                        "IPRewriter(pattern 2.0.0.1 1024-65535# - - 0 1, drop,"
                                + " MAPPING_CAPACITY 10, GUARANTEE 0)",
                        2,
                        2)) {
            for (int n = 1; n <= 10; n++) {
                nat.until(n);
                assertThat(nat.push(0, out(n))).startsWith("0 ");
            }
            for (int n = 1; n <= 10; n++) {
                nat.until(20 + n);
                assertThat(nat.push(1, back(n))).startsWith("1 ");
            }
            assertThat(nat.push(0, out(11))).isEqualTo("-");
            assertThat(nat.read("mapping_failures")).isEqualTo("1");
        }
    }

    @Test
    void tcpFlowsWithoutDataAndThoseDoneGoFirst() throws Exception {
        try (RewriteRun nat =
                new RewriteRun(
                        "TCPRewriter(pattern 2.0.0.1 1024-65535# - - 0 1, drop,"
                                + " MAPPING_CAPACITY 2, GUARANTEE 0)",
                        2,
                        2)) {
            // time, direction, flow, flags, data, whether it passes
            String[] script = {
                "1 > 1 . - y", "2 > 2 . - y", "3 > 3 . - y", "4 < 1 . - n", "5 < 2 . - y",
                "6 < 3 . - y", "7 > 2 . X y", "8 < 2 . X y", "9 > 3 . X y", "10 < 3 . - y",
                "11 > 4 . - y", "12 < 4 . - y", "13 > 5 . - y", "14 < 5 . - y", "15 > 6 . - y",
                "16 < 6 . - y", "17 < 1 . - n", "18 < 2 . - y", "19 < 3 . - n", "20 < 4 . - n",
                "21 < 5 . - n", "22 < 6 . - y", "23 > 2 R - y", "24 > 7 . - y", "25 < 1 . - n",
                "26 < 2 . - n", "27 < 3 . - n", "28 < 4 . - n", "29 < 5 . - n", "30 < 6 . - y",
                "31 < 7 . - y",
            };
            for (String line : script) {
                String[] words = line.split(" ", -1);
                nat.until(Integer.parseInt(words[0]));
                int n = Integer.parseInt(words[2]);
                int flags = words[3].equals("R") ? RST : ACK;
                String data = words[4].equals("X") ? "58" : "";
                boolean out = words[1].equals(">");
                String result = nat.push(out ? 0 : 1, out ? out(n) : back(n), flags, data);
                assertThat(result.equals("-") ? "n" : "y").as(line).isEqualTo(words[5]);
            }
        }
    }

    @Test
    void sharesRoomByName() throws Exception {
        String other =
                "rw2 :: IPRewriter(pattern 1.0.0.3 1024-65534# - - 0 1, drop, MAPPING_CAPACITY"
                    + " 3);in2 :: Inject -> CheckIPHeader -> [0]rw2; in3 :: Inject -> CheckIPHeader"
                    + " -> [1]rw2;rw2[0] -> o2 :: Collect; rw2[1] -> o3 :: Collect;";
        try (RewriteRun nat =
                new RewriteRun(
                        "IPRewriter(pattern 1.0.0.2 1024-65534# - - 0 1, drop, MAPPING_CAPACITY"
                                + " rw2)",
                        other,
                        2,
                        2)) {
            nat.until(.1);
            assertThat(nat.push(0, "53.1.1.1 1 2.115.2.2 2 T"))
                    .isEqualTo("0 1.0.0.2 1024 2.115.2.2 2 T");
            nat.until(.3);
            nat.push(2, "53.1.1.1 1 2.115.2.2 2 T");
            nat.push(2, "53.1.1.2 1 2.115.2.2 2 T");
            nat.push(2, "53.1.1.3 1 2.115.2.2 2 T");
            assertThat(nat.run().out("o2")).hasSize(2);
            nat.until(.6);
            assertThat(nat.push(1, "2.115.2.2 2 1.0.0.2 1024 T")).startsWith("1 ");
            nat.until(.7);
            nat.push(3, "2.115.2.2 2 1.0.0.3 1024 T");
            nat.push(3, "2.115.2.2 2 1.0.0.3 1025 T");
            nat.push(3, "2.115.2.2 2 1.0.0.3 1026 T");
            assertThat(nat.run().out("o3")).hasSize(2);
            assertThat(nat.read("table_size") + nat.read("size")).isEqualTo("13");
            nat.until(5.65);
            assertThat(nat.push(0, "53.1.1.4 1 2.115.2.2 2 T")).startsWith("0 1.0.0.2 1025");
            assertThat(nat.push(0, "53.1.1.5 1 2.115.2.2 2 T")).isEqualTo("-");
            nat.until(6.1);
            assertThat(nat.push(1, "2.115.2.2 2 1.0.0.2 1024 T")).isEqualTo("-");
            nat.push(3, "2.115.2.2 2 1.0.0.3 1024 T");
            nat.push(3, "2.115.2.2 2 1.0.0.3 1025 T");
            assertThat(nat.run().out("o3")).hasSize(4);
            assertThat(nat.push(1, "2.115.2.2 2 1.0.0.2 1025 T")).startsWith("1 ");
            assertThat(nat.push(1, "2.115.2.2 2 1.0.0.2 1026 T")).isEqualTo("-");
        }
    }

    @Test
    void shrinksToANewCapacity() throws Exception {
        try (RewriteRun nat =
                new RewriteRun(
                        "IPRewriter(pattern 2.0.0.1 1024-65535# - - 0 1, drop, MAPPING_CAPACITY"
                                + " 10)",
                        2,
                        2)) {
            for (int n = 1; n <= 11; n++) {
                nat.until(n);
                assertThat(nat.push(0, out(n))).startsWith("0 ");
            }
            for (int n = 1; n <= 11; n++) {
                nat.until(20 + n);
                assertThat(nat.push(1, back(n))).matches(n > 1 ? "1 .*" : "-");
            }
            assertThat(nat.read("capacity")).isEqualTo("10 1");
            assertThat(nat.read("size")).isEqualTo("10");
            nat.run().write("rw.capacity", "8");
            assertThat(nat.read("size")).isEqualTo("8");
            for (int n = 1; n <= 11; n++) {
                assertThat(nat.push(1, back(n))).matches(n > 3 ? "1 .*" : "-");
            }
            // Guarantees do not keep flows from a smaller table.
            nat.run().write("rw.capacity", "3 2");
            assertThat(nat.read("size") + nat.read("capacity")).isEqualTo("33 2");
        }
    }

    /** What has happened in a flow, and for how many seconds it then stays. */
    @ParameterizedTest
    @CsvSource({
        "IPRewriter(%s TCP_NODATA_TIMEOUT 30), T>, 30",
        "IPRewriter(%s TCP_TIMEOUT 100), T> T<, 100",
        "IPRewriter(%s TCP_DONE_TIMEOUT 20), T> T< R>, 20",
        "IPRewriter(%s TCP_DONE_TIMEOUT 20), T> T< F> F<, 20",
        "IPRewriter(%s TCP_DONE_TIMEOUT 20), T> T< F>, 86400",
        "IPRewriter(%s TCP_DONE_TIMEOUT 20), T> T< R> S>, 86400",
        "IPRewriter(%s UDP_TIMEOUT 25), U>, 25",
        "'IPRewriter(%s UDP_TIMEOUT 25, UDP_STREAMING_TIMEOUT 50)', U> U<, 25",
        "'IPRewriter(%s UDP_TIMEOUT 25, UDP_STREAMING_TIMEOUT 50)', U> U> U>, 25",
        "'IPRewriter(%s UDP_TIMEOUT 25, UDP_STREAMING_TIMEOUT 50)', U> U< U>, 50",
        "'IPRewriter(%s UDP_TIMEOUT 2, UDP_GUARANTEE 8)', U>, 8",
        "'UDPRewriter(%s TIMEOUT 25, STREAMING_TIMEOUT 50)', U> U< U<, 50",
        "IPRewriter(%s DST_ANNO true), U>, 300",
    })
    void removesStaleFlows(String element, String packets, int seconds) throws Exception {
        String configuration =
                element.replace("%s", "pattern 2.0.0.1 5 - - 0 1, drop, REAP_INTERVAL 1,");
        try (RewriteRun nat = new RewriteRun(configuration, 2, 2)) {
            nat.until(3.5);
            for (String packet : packets.split(" ", -1)) {
                boolean out = packet.charAt(1) == '>';
                String protocol = packet.charAt(0) == 'U' ? "U" : "T";
                int flags =
                        switch (packet.charAt(0)) {
                            case 'R' -> RST;
                            case 'F' -> FIN | ACK;
                            case 'S' -> SYN;
                            default -> ACK;
                        };
                String data = flags == ACK ? "58" : "";
                String way = out ? "1.0.0.1 1 2.0.0.2 2 " : "2.0.0.2 2 2.0.0.1 5 ";
                assertThat(nat.push(out ? 0 : 1, way + protocol, flags, data)).isNotEqualTo("-");
            }
            nat.until(3.5 + seconds - 0.1);
            assertThat(nat.read("size")).isEqualTo("1");
            nat.until(3.5 + seconds + 1.1);
            assertThat(nat.read("size")).isEqualTo("0");
            // Nothing is left to do, so no timer is left either.
            assertThat(nat.run().clock().nextDeadline()).isEqualTo(Long.MAX_VALUE);
        }
    }
}
