package vini.overlay.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.forwarder.Graph;
import vini.forwarder.GraphProcess;
import vini.forwarder.VirtualLoop;
import vini.time.Seed;
import vini.time.VirtualClock;

import java.util.HexFormat;
import java.util.List;

/** What the compounds of a node's text do with packets, in virtual time. */
class CompoundsTest {
    private static final int UDP = 17;
    private static final int OSPF = 89;

    /** An IPv4 header, written by hand but for its checksum, and four bytes. */
    private static byte[] packet(int protocol, String destination) {
        byte[] bytes =
                HexFormat.of()
                        .parseHex(
                                "4500001800010000"
                                        + "40000000"
                                        + "0a4d0001"
                                        + "00000000"
                                        + "02010000");
        bytes[9] = (byte) protocol;
        String[] octets = destination.split("\\.", -1);
        for (int i = 0; i < 4; i++) {
            bytes[16 + i] = (byte) Integer.parseInt(octets[i]);
        }
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
        }
        sum = 0xffff - ((sum & 0xffff) + (sum >>> 16));
        bytes[10] = (byte) (sum >>> 8);
        bytes[11] = (byte) sum;
        return bytes;
    }

    /** How many packets come to each of the counters {@code c0}, {@code c1} of a text's end. */
    private static String ways(String definition, String text, List<byte[]> packets)
            throws Exception {
        StringBuilder whole = new StringBuilder(definition).append("check :: CheckIPHeader;\n");
        for (byte[] packet : packets) {
            whole.append("InfiniteSource(DATA \\<")
                    .append(HexFormat.of().formatHex(packet))
                    .append(">, LIMIT 1, STOP false) -> check;\n");
        }
        VirtualClock clock = new VirtualClock();
        VirtualLoop loop = new VirtualLoop(clock);
        try (GraphProcess process = new GraphProcess(loop, new Seed(1))) {
            Graph graph = process.start("n", "n.click", whole + text);
            clock.runFor(1_000_000);
            assertThat(loop.packets().inUse()).isZero();
            StringBuilder counts = new StringBuilder();
            for (String counter : List.of("c0", "c1")) {
                if (graph.elementNames().contains(counter)) {
                    counts.append(process.handlers().read("n/" + counter + ".count", ""));
                    counts.append(' ');
                }
            }
            graph.ledger()
                    .text()
                    .lines()
                    .filter(line -> line.startsWith("drop"))
                    .forEach(line -> counts.append(line).append(' '));
            return counts.toString().strip();
        } finally {
            loop.packets().close();
        }
    }

    private static String punt(String ours, List<byte[]> packets) throws Exception {
        return ways(
                Compounds.PUNT,
                "check -> p :: Punt("
                        + ours
                        + "); p[0] -> c0 :: Counter -> Discard;"
                        + "p[1] -> c1 :: Counter -> Discard;",
                packets);
    }

    @Test
    void puntTakesOspfForTheRouterOnly() throws Exception {
        String ours = "10.77.128.1 or 200.0.0.6";
        for (String mine : List.of("224.0.0.5", "224.0.0.6", "10.77.128.1", "200.0.0.6")) {
            assertThat(punt(ours, List.of(packet(OSPF, mine)))).as(mine).isEqualTo("0 1");
            assertThat(punt(ours, List.of(packet(UDP, mine)))).as(mine).isEqualTo("1 0");
        }
        assertThat(punt(ours, List.of(packet(OSPF, "10.77.128.2"), packet(OSPF, "224.0.0.7"))))
                .isEqualTo("2 0");
    }

    @Test
    void aNodeWithoutLinksStillHearsTheGroups() throws Exception {
        assertThat(punt("none", List.of(packet(OSPF, "224.0.0.5"), packet(OSPF, "10.77.0.1"))))
                .isEqualTo("1 1");
    }

    @Test
    void aHostMayNotSpeakOspfNorSendToGroups() throws Exception {
        assertThat(
                        ways(
                                Compounds.GUARD_HOST,
                                "check -> guard :: GuardHost -> c0 :: Counter -> Discard;",
                                List.of(
                                        packet(OSPF, "10.0.0.2"),
                                        packet(UDP, "224.0.0.5"),
                                        packet(UDP, "239.255.255.255"),
                                        packet(UDP, "10.0.0.2"),
                                        packet(UDP, "223.255.255.255"),
                                        packet(UDP, "240.0.0.1"))))
                .isEqualTo("3 drop guard/uninvited filtered 3");
    }
}
