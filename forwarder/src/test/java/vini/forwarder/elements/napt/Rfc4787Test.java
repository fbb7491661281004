package vini.forwarder.elements.napt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.forwarder.elements.napt.NaptRun.EXTERNAL;
import static vini.forwarder.elements.napt.NaptRun.HOST;
import static vini.forwarder.elements.napt.NaptRun.NOTHING;
import static vini.forwarder.elements.napt.NaptRun.OTHER;
import static vini.forwarder.elements.napt.NaptRun.ROUTER;
import static vini.forwarder.elements.napt.NaptRun.SERVER;
import static vini.forwarder.elements.napt.NaptRun.STRANGER;
import static vini.forwarder.elements.napt.NaptRun.source;
import static vini.forwarder.elements.napt.NaptRun.sourcePort;
import static vini.forwarder.elements.tcpudp.Segments.echo;
import static vini.forwarder.elements.tcpudp.Segments.error;
import static vini.forwarder.elements.tcpudp.Segments.sound;
import static vini.forwarder.elements.tcpudp.Segments.udp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The requirements of RFC 4787 (UDP), each in a test that is named after it. */
class Rfc4787Test {
    @ParameterizedTest
    @ValueSource(strings = {"endpoint-independent", "address", "address-and-port"})
    void req1MappingIsEndpointIndependent(String filtering) throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING " + filtering)) {
            int port = nat.udpPort(HOST, 5000);
            String[] peers = {SERVER, STRANGER, ROUTER};
            for (String peer : peers) {
                for (int peerPort : new int[] {1, 53, 65535}) {
                    assertThat(nat.out(udp(HOST, 5000, peer, peerPort, "6162")))
                            .isEqualTo(udp(EXTERNAL, port, peer, peerPort, "6162"));
                }
            }
            assertThat(nat.read("nmappings")).isEqualTo("1");
            assertThat(nat.udpPort(HOST, 5001)).isNotEqualTo(port);
        }
    }

    @Test
    void req2PoolingIsPaired() throws Exception {
        try (NaptRun nat = new NaptRun(7, "192.0.2.0/28 192.0.2.77", "")) {
            Set<String> used = new TreeSet<>();
            for (int host = 1; host < 60; host++) {
                String from = "10.0.0." + host;
                String external = source(nat.out(udp(from, 5000, SERVER, 53, "")));
                used.add(external);
                for (int port = 5001; port < 5010; port++) {
                    assertThat(source(nat.out(udp(from, port, STRANGER, port, ""))))
                            .isEqualTo(external);
                }
                String ping = echo(from, SERVER, 8, 1, 1);
                assertThat(source(nat.out(ping))).isEqualTo(external);
            }
            assertThat(used).hasSizeGreaterThan(8).doesNotContain("192.0.2.0", "192.0.2.15");
        }
    }

    @Test
    void req3PortsAreNotOverloaded() throws Exception {
        try (NaptRun nat = new NaptRun("PORTS 20000-20099")) {
            Set<Integer> ports = new TreeSet<>();
            for (int i = 0; i < 100; i++) {
                ports.add(nat.udpPort("10.0.1." + i, 5000));
            }
            assertThat(ports).hasSize(100).allMatch(port -> port >= 20000 && port <= 20099);
            assertThat(nat.out(udp("10.0.2.1", 5000, SERVER, 53, ""))).isEqualTo(NOTHING);
            assertThat(nat.dropped("noPort")).isEqualTo(1);
        }
    }

    @Test
    void req3aPortsStayOnTheirSideOf1024() throws Exception {
        try (NaptRun nat = new NaptRun("PORTS 1-65535")) {
            for (int i = 1; i < 200; i++) {
                assertThat(nat.udpPort("10.0.1." + i, i)).isLessThan(1024);
                assertThat(nat.udpPort("10.0.1." + i, 1024 + i)).isGreaterThanOrEqualTo(1024);
            }
        }
    }

    @Test
    void req4ParityIsPreserved() throws Exception {
        try (NaptRun nat = new NaptRun("PORTS 20000-20199")) {
            for (int i = 0; i < 100; i++) {
                assertThat(nat.udpPort("10.0.1." + i, 5000) % 2).isZero();
            }
            for (int i = 0; i < 50; i++) {
                assertThat(nat.udpPort("10.0.1." + i, 5001) % 2).isEqualTo(1);
            }
            // Where none of the parity is left, any port is better than none.
            assertThat(nat.udpPort("10.0.2.1", 5000) % 2).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 300", "UDP_TIMEOUT 2min, 120", "UDP_TIMEOUT 1h, 3600"})
    void req5TheTimerIsFiveMinutesAndCanBeConfigured(String keyword, int seconds) throws Exception {
        try (NaptRun nat = new NaptRun(keyword)) {
            int port = nat.udpPort(HOST, 5000);
            nat.pass(seconds - 0.001);
            assertThat(nat.in(udp(SERVER, 53, EXTERNAL, port, "62")))
                    .isEqualTo(udp(SERVER, 53, HOST, 5000, "62"));
            nat.pass(0.001);
            assertThat(nat.in(udp(SERVER, 53, EXTERNAL, port, "62"))).isEqualTo(NOTHING);
            nat.pass(10);
            assertThat(nat.read("nmappings")).isEqualTo("0");
        }
    }

    @Test
    void req5LessThanTwoMinutesIsRefused() throws Exception {
        assertThatThrownBy(() -> new NaptRun("UDP_TIMEOUT 119"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("less than the RFC's 120s");
        new NaptRun("UDP_TIMEOUT 1, SHORT_TIMEOUTS true").close();
    }

    @Test
    void req6OutboundPacketsRefresh() throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING address-and-port")) {
            int port = nat.udpPort(HOST, 5000);
            for (int i = 0; i < 5; i++) {
                nat.pass(299);
                // To whomever: the mapping is one.
                assertThat(sourcePort(nat.out(udp(HOST, 5000, STRANGER, i + 1, ""))))
                        .isEqualTo(port);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void req6aInboundPacketsRefreshIfWanted(boolean wanted) throws Exception {
        try (NaptRun nat = new NaptRun("INBOUND_REFRESH " + wanted)) {
            int port = nat.udpPort(HOST, 5000);
            nat.pass(200);
            assertThat(nat.in(udp(SERVER, 53, EXTERNAL, port, ""))).isNotEqualTo(NOTHING);
            nat.pass(200);
            String late = nat.in(udp(SERVER, 53, EXTERNAL, port, ""));
            assertThat(!late.equals(NOTHING)).isEqualTo(wanted);
        }
    }

    /** Way (2) of the requirement: sides are told apart by ports of the element, not addresses. */
    @Test
    void req7AddressesOfBothSidesMayBeEqual() throws Exception {
        try (NaptRun nat = new NaptRun("")) {
            int port = sourcePort(nat.out(udp(HOST, 5000, OTHER, 53, "61")));
            int others = sourcePort(nat.out(udp(OTHER, 5000, HOST, 53, "61")));
            assertThat(nat.in(udp(OTHER, 53, EXTERNAL, port, "62")))
                    .isEqualTo(udp(OTHER, 53, HOST, 5000, "62"));
            assertThat(nat.in(udp(HOST, 53, EXTERNAL, others, "62")))
                    .isEqualTo(udp(HOST, 53, OTHER, 5000, "62"));
            // Even an outer node of the host's own address.
            assertThat(nat.out(udp(HOST, 5000, HOST, 53, "61")))
                    .isEqualTo(udp(EXTERNAL, port, HOST, 53, "61"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint-independent, true, true, true",
        "address, true, true, false",
        "address-and-port, true, false, false",
    })
    void req8FilteringCanBeChosen(String kind, boolean peer, boolean address, boolean anybody)
            throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING " + kind)) {
            int port = nat.udpPort(HOST, 5000);
            nat.out(udp(HOST, 5000, ROUTER, 99, "61"));
            assertThat(!nat.in(udp(SERVER, 53, EXTERNAL, port, "")).equals(NOTHING))
                    .isEqualTo(peer);
            assertThat(!nat.in(udp(ROUTER, 99, EXTERNAL, port, "")).equals(NOTHING))
                    .isEqualTo(peer);
            assertThat(!nat.in(udp(SERVER, 54, EXTERNAL, port, "")).equals(NOTHING))
                    .isEqualTo(address);
            assertThat(!nat.in(udp(STRANGER, 53, EXTERNAL, port, "")).equals(NOTHING))
                    .isEqualTo(anybody);
            assertThat(nat.dropped("filtered")).isEqualTo((address ? 0 : 1) + (anybody ? 0 : 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"endpoint-independent", "address", "address-and-port"})
    void req9HairpinningHasTheExternalSource(String filtering) throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING " + filtering)) {
            int port = nat.udpPort(HOST, 5000);
            int others = nat.udpPort(OTHER, 6000);
            boolean open = filtering.startsWith("endpoint");
            assertThat(nat.back(udp(OTHER, 6000, EXTERNAL, port, "61")))
                    .isEqualTo(open ? udp(EXTERNAL, others, HOST, 5000, "61") : NOTHING);
            assertThat(nat.back(udp(HOST, 5000, EXTERNAL, others, "62")))
                    .isEqualTo(udp(EXTERNAL, port, OTHER, 6000, "62"));
            assertThat(nat.back(udp(OTHER, 6000, EXTERNAL, port, "63")))
                    .isEqualTo(udp(EXTERNAL, others, HOST, 5000, "63"));
            // Itself, too; and nobody.
            assertThat(nat.back(udp(HOST, 5000, EXTERNAL, port, "64")))
                    .isEqualTo(udp(EXTERNAL, port, HOST, 5000, "64"));
            int nobody = port == 2000 ? 2001 : 2000;
            assertThat(nat.back(udp(HOST, 5000, EXTERNAL, nobody, ""))).isEqualTo(NOTHING);
            assertThat(nat.newOutside()).isEqualTo(NOTHING);
        }
    }

    @Test
    void req10PayloadsAreNotTouched() throws Exception {
        String sip = HexFormat.of().formatHex("Contact: <sip:me@10.0.0.5:5060>".getBytes(US_ASCII));
        try (NaptRun nat = new NaptRun("")) {
            String there = nat.out(udp(HOST, 5060, SERVER, 5060, sip));
            assertThat(there).isEqualTo(udp(EXTERNAL, sourcePort(there), SERVER, 5060, sip));
            assertThat(nat.in(udp(SERVER, 5060, EXTERNAL, sourcePort(there), sip)))
                    .isEqualTo(udp(SERVER, 5060, HOST, 5060, sip));
        }
    }

    @Test
    void req11BehaviourIsDeterministic() throws Exception {
        // Hosts of one port, nearly no ports left, a mapping gone and made anew: always the same.
        try (NaptRun nat = new NaptRun("FILTERING address, PORTS 20000-20063")) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 64; i++) {
                    String host = "10.0.1." + i;
                    int port = nat.udpPort(host, 5000);
                    assertThat(sourcePort(nat.out(udp(host, 5000, ROUTER, 7, "")))).isEqualTo(port);
                    assertThat(nat.in(udp(SERVER, 9, EXTERNAL, port, "")))
                            .isEqualTo(udp(SERVER, 9, host, 5000, ""));
                    assertThat(nat.in(udp(STRANGER, 53, EXTERNAL, port, ""))).isEqualTo(NOTHING);
                }
                nat.pass(200 + 100 * round);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0300", "0301", "0303", "0304", "030d", "0b00", "0c00"})
    void req12IcmpDoesNotEndAMapping(String type) throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING address-and-port")) {
            int port = nat.udpPort(HOST, 5000);
            String sent = udp(EXTERNAL, port, SERVER, 53, "61");
            // 12a: from whomever; 12b: it is translated.
            for (String from : new String[] {SERVER, ROUTER, STRANGER}) {
                assertThat(nat.in(error(from, EXTERNAL, type, sent, 28)))
                        .isEqualTo(error(from, HOST, type, udp(HOST, 5000, SERVER, 53, "61"), 28));
            }
            assertThat(nat.in(udp(SERVER, 53, EXTERNAL, port, "62")))
                    .isEqualTo(udp(SERVER, 53, HOST, 5000, "62"));
            assertThat(nat.udpPort(HOST, 5000)).isEqualTo(port);
        }
    }

    private static final String WITH_LINK =
            """
            nat :: NAPT(192.0.2.1, IP_ID false);
            in0 :: Inject -> CheckIPHeader -> [0]nat; in1 :: Inject -> CheckIPHeader -> [1]nat;
            nat[0] -> fr :: IPFragmenter(576) -> outside :: Collect; nat[1] -> inside :: Collect;
            fr[1] -> ICMPError(192.0.2.1, unreachable, needfrag, PMTU 576) -> [1]nat;
            """;

    /** The packet with the bit set that forbids fragments. */
    private static String whole(String hex) {
        String head = hex.substring(0, 12) + "4000" + hex.substring(16, 20);
        String addresses = hex.substring(24, 40);
        return head + Packets.checksum(head + addresses) + hex.substring(24);
    }

    @Test
    void req13TooLongIsSaidToTheHost() throws Exception {
        try (GraphRun run = GraphRun.of(WITH_LINK)) {
            String packet = whole(udp(HOST, 5000, SERVER, 53, "61".repeat(600)));
            run.pushFrom("in0", packet);
            assertThat(run.out("outside")).isEmpty();
            String error = run.out("inside").getLast();
            assertThat(sound(error)).isTrue();
            assertThat(NaptRun.destination(error)).isEqualTo(HOST);
            assertThat(error.substring(40, 44)).isEqualTo("0304");
            assertThat(Integer.parseInt(error.substring(52, 56), 16)).isEqualTo(576);
            // Quoted is the host's own packet.
            assertThat(error.substring(56)).isEqualTo(packet.substring(0, error.length() - 56));
        }
    }

    @Test
    void req13aTooLongIsFragmentedInOrder() throws Exception {
        try (GraphRun run = GraphRun.of(WITH_LINK)) {
            String packet = udp(HOST, 5000, SERVER, 53, "61".repeat(1600));
            run.pushFrom("in0", packet);
            List<String> pieces = run.out("outside");
            assertThat(pieces).hasSize(3);
            String joined = NaptRun.joined(pieces);
            assertThat(joined)
                    .isEqualTo(udp(EXTERNAL, sourcePort(joined), SERVER, 53, "61".repeat(1600)));
        }
    }

    private static List<String> pieces(String whole, int id) {
        return List.of(
                NaptRun.fragment(whole, id, 0, 24),
                NaptRun.fragment(whole, id, 24, 48),
                NaptRun.fragment(whole, id, 48, 1000));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 2", "0, 2, 1", "1, 0, 2", "1, 2, 0", "2, 0, 1", "2, 1, 0"})
    void req14FragmentsPassInAnyOrder(int first, int second, int third) throws Exception {
        String data = HexFormat.of().formatHex(new byte[77]).replace("000000", "00ab71");
        try (NaptRun nat = new NaptRun("FILTERING address-and-port")) {
            int port = nat.udpPort(HOST, 5000);
            GraphRun run = nat.run();
            int[] order = {first, second, third};
            int before = run.out("outside").size();
            List<String> out = pieces(udp(HOST, 5000, SERVER, 53, data), 777);
            List<String> in = pieces(udp(SERVER, 53, EXTERNAL, port, data), 888);
            for (int piece : order) {
                run.pushFrom("in0", out.get(piece));
                run.pushFrom("in1", in.get(piece));
            }
            assertThat(whole(run.out("outside"), before))
                    .isEqualTo(udp(EXTERNAL, port, SERVER, 53, data));
            assertThat(whole(run.out("inside"), 0)).isEqualTo(udp(SERVER, 53, HOST, 5000, data));
            assertThat(nat.count("fragments_waiting")).isZero();
        }
    }

    private static String whole(List<String> out, int from) {
        List<String> pieces = new ArrayList<>(out.subList(from, out.size()));
        assertThat(pieces).hasSize(3);
        pieces.sort((a, b) -> offset(a) - offset(b));
        return NaptRun.joined(pieces);
    }

    private static int offset(String piece) {
        return Integer.parseInt(piece.substring(12, 16), 16) & 0x1fff;
    }

    /** Pieces without a first one, as many as somebody likes, harm only others like them. */
    @Test
    void req14aFloodsOfFragmentsHarmNobodyElse() throws Exception {
        try (NaptRun nat = new NaptRun("")) {
            int port = nat.udpPort(HOST, 5000);
            GraphRun run = nat.run();
            String data = "ab".repeat(60);
            for (int i = 0; i < 20_000; i++) {
                String junk = udp(STRANGER, i & 0xffff, EXTERNAL, port, data);
                run.pushFrom("in1", NaptRun.fragment(junk, i, 24, 1000));
                if (i % 1000 == 0) {
                    int before = run.out("inside").size();
                    pieces(udp(SERVER, 53, EXTERNAL, port, data), i)
                            .forEach(piece -> run.pushFrom("in1", piece));
                    assertThat(whole(run.out("inside"), before))
                            .isEqualTo(udp(SERVER, 53, HOST, 5000, data));
                    assertThat(nat.udpPort(HOST, 5000)).isEqualTo(port);
                }
            }
            assertThat(nat.count("fragments_waiting")).isEqualTo(FragmentTable.WAITING_MAX);
            assertThat(nat.dropped("fragmentsFull")).isEqualTo(20_000 - FragmentTable.WAITING_MAX);
            nat.pass(3);
            assertThat(nat.count("fragments_waiting")).isZero();
            assertThat(nat.dropped("fragmentTimeout")).isEqualTo(FragmentTable.WAITING_MAX);
        }
    }
}
