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
import static vini.forwarder.elements.napt.NaptRun.icmp;
import static vini.forwarder.elements.napt.NaptRun.identifier;
import static vini.forwarder.elements.tcpudp.Segments.echo;
import static vini.forwarder.elements.tcpudp.Segments.error;
import static vini.forwarder.elements.tcpudp.Segments.tcp;
import static vini.forwarder.elements.tcpudp.Segments.udp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.Packets;

/** The requirements of RFC 5508 (ICMP), each in a test that is named after it. */
class Rfc5508Test {
    /** A packet with one bit changed. */
    private static String broken(String hex, int digit) {
        char was = hex.charAt(digit);
        int other = Character.digit(was, 16) ^ 1;
        return hex.substring(0, digit) + Integer.toHexString(other) + hex.substring(digit + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"endpoint-independent", "address", "address-and-port"})
    void req1QueriesPassAndAreAnswered(String filtering) throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING " + filtering)) {
            int id = nat.pingId(HOST, 777);
            assertThat(nat.out(echo(HOST, SERVER, 8, 777, 2)))
                    .isEqualTo(echo(EXTERNAL, SERVER, 8, id, 2));
            assertThat(nat.in(echo(SERVER, EXTERNAL, 0, id, 2)))
                    .isEqualTo(echo(SERVER, HOST, 0, 777, 2));
            int others = nat.pingId(OTHER, 777);
            assertThat(others).isNotEqualTo(id);
            assertThat(nat.in(echo(SERVER, EXTERNAL, 0, others, 1)))
                    .isEqualTo(echo(SERVER, OTHER, 0, 777, 1));
            // A timestamp request, RFC 792: type 13, answered by 14.
            String request = icmp(HOST, SERVER, "0d00", "03090001" + "00".repeat(12));
            assertThat(nat.out(request))
                    .isEqualTo(
                            icmp(
                                    EXTERNAL,
                                    SERVER,
                                    "0d00",
                                    "%04x0001".formatted(id) + "00".repeat(12)));
            assertThat(nat.in(icmp(SERVER, EXTERNAL, "0e00", "%04x0001".formatted(id))))
                    .isEqualTo(icmp(SERVER, HOST, "0e00", "03090001"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"endpoint-independent", "address"})
    void req1aIdentifiersDoNotDependOnThePeer(String filtering) throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING " + filtering)) {
            int id = nat.pingId(HOST, 777);
            for (String peer : new String[] {ROUTER, STRANGER, SERVER}) {
                assertThat(nat.out(echo(HOST, peer, 8, 777, 2)))
                        .isEqualTo(echo(EXTERNAL, peer, 8, id, 2));
            }
            assertThat(nat.read("nmappings")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 60", "ICMP_TIMEOUT 90, 90"})
    void req2TheTimerIsAMinuteAndCanBeConfigured(String keyword, int seconds) throws Exception {
        try (NaptRun nat = new NaptRun(keyword)) {
            int id = nat.pingId(HOST, 777);
            nat.pass(seconds - 0.001);
            assertThat(nat.in(echo(SERVER, EXTERNAL, 0, id, 1))).isNotEqualTo(NOTHING);
            nat.pass(0.001);
            assertThat(nat.in(echo(SERVER, EXTERNAL, 0, id, 1))).isEqualTo(NOTHING);
        }
        assertThatThrownBy(() -> new NaptRun("ICMP_TIMEOUT 59"))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    void req3ErrorsWithAWrongChecksumAreDropped() throws Exception {
        try (NaptRun nat = new NaptRun("")) {
            int port = nat.udpPort(HOST, 5000);
            String sent = udp(EXTERNAL, port, SERVER, 53, "61");
            String good = error(ROUTER, EXTERNAL, "0301", sent, 29);
            assertThat(nat.in(broken(good, good.length() - 1))).isEqualTo(NOTHING);
            assertThat(nat.in(broken(good, 42))).isEqualTo(NOTHING);
            assertThat(nat.dropped("badIcmpError")).isEqualTo(2);
            assertThat(nat.in(good)).isNotEqualTo(NOTHING);
        }
    }

    @Test
    void req3aErrorsAboutAWrongHeaderAreDropped() throws Exception {
        try (NaptRun nat = new NaptRun("")) {
            int port = nat.udpPort(HOST, 5000);
            String sent = udp(EXTERNAL, port, SERVER, 53, "61");
            String bad = error(ROUTER, EXTERNAL, "0301", broken(sent, 23), 29);
            assertThat(nat.in(bad)).isEqualTo(NOTHING);
            assertThat(nat.dropped("badIcmpError")).isEqualTo(1);
        }
    }

    /** A packet with the option "no operation", four times. */
    private static String withOptions(String hex) {
        int length = hex.length() / 2 + 4;
        String head = "4600%04x".formatted(length) + hex.substring(8, 20);
        String rest = hex.substring(24, 40) + "01010101";
        return head + Packets.checksum(head + rest) + rest + hex.substring(40);
    }

    @Test
    void req3bOptionsOfTheQuotedPacketAreSkipped() throws Exception {
        try (NaptRun nat = new NaptRun("")) {
            int port = nat.udpPort(HOST, 5000);
            String sent = withOptions(udp(EXTERNAL, port, SERVER, 53, "61"));
            assertThat(nat.in(error(ROUTER, EXTERNAL, "0b00", sent, 32)))
                    .isEqualTo(
                            error(
                                    ROUTER,
                                    HOST,
                                    "0b00",
                                    withOptions(udp(HOST, 5000, SERVER, 53, "61")),
                                    32));
        }
    }

    @Test
    void req3cTheQuotedTransportChecksumIsNotValidated() throws Exception {
        try (NaptRun nat = new NaptRun("")) {
            int port = nat.udpPort(HOST, 5000);
            String sent = udp(EXTERNAL, port, SERVER, 53, "61");
            String wrong = broken(sent, sent.length() - 1);
            String got = nat.in(error(ROUTER, EXTERNAL, "0301", wrong, 29));
            String hosts = udp(HOST, 5000, SERVER, 53, "61");
            assertThat(got)
                    .isEqualTo(error(ROUTER, HOST, "0301", broken(hosts, hosts.length() - 1), 29));
        }
    }

    /** RFC 4884: the packet is padded to a length that the error says, an extension follows. */
    @Test
    void req3dExtensionsStayAsTheyAre() throws Exception {
        try (NaptRun nat = new NaptRun("")) {
            int port = nat.udpPort(HOST, 5000);
            String extension = "2000" + "1234" + "00080101" + "00012345";
            String sent = udp(EXTERNAL, port, SERVER, 53, "61");
            String hosts = udp(HOST, 5000, SERVER, 53, "61");
            String padding = "00".repeat(128 - sent.length() / 2);
            String words = "00200000";
            assertThat(nat.in(icmp(ROUTER, EXTERNAL, "0b00", words + sent + padding + extension)))
                    .isEqualTo(icmp(ROUTER, HOST, "0b00", words + hosts + padding + extension));
            // Cut so that the quoted TCP checksum would stand in the extension.
            int tcpPort = nat.connect(HOST, 5000);
            String segment = tcp(EXTERNAL, tcpPort, SERVER, 80, 16, "");
            String hostsSegment = tcp(HOST, 5000, SERVER, 80, 16, "");
            String cut = segment.substring(0, 64);
            String hostsCut = hostsSegment.substring(0, 64);
            assertThat(nat.in(icmp(ROUTER, EXTERNAL, "0b00", "00080000" + cut + extension)))
                    .isEqualTo(icmp(ROUTER, HOST, "0b00", "00080000" + hostsCut + extension));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0300", "0303", "0304", "030d", "0b00", "0b01", "0c00"})
    void req4ErrorsFromOutsideAreTranslated(String type) throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING address-and-port")) {
            int port = nat.udpPort(HOST, 5000);
            int id = nat.pingId(HOST, 777);
            // 4a, 4b and 4c: the quoted packet, type and code, and the destination.
            for (String from : new String[] {ROUTER, SERVER}) {
                String sent = udp(EXTERNAL, port, SERVER, 53, "61");
                assertThat(nat.in(error(from, EXTERNAL, type, sent, 28)))
                        .isEqualTo(error(from, HOST, type, udp(HOST, 5000, SERVER, 53, "61"), 28));
                String ping = echo(EXTERNAL, SERVER, 8, id, 1);
                assertThat(nat.in(error(from, EXTERNAL, type, ping, 28)))
                        .isEqualTo(error(from, HOST, type, echo(HOST, SERVER, 8, 777, 1), 28));
            }
            // About what nobody has sent.
            int nobody = port == 2000 ? 2001 : 2000;
            String other = udp(EXTERNAL, nobody, SERVER, 53, "61");
            assertThat(nat.in(error(ROUTER, EXTERNAL, type, other, 28))).isEqualTo(NOTHING);
            assertThat(nat.dropped("noMapping")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0303", "0304", "0b00", "0b01", "0c00"})
    void req5ErrorsFromInsideAreTranslated(String type) throws Exception {
        try (NaptRun nat = new NaptRun("")) {
            int port = nat.udpPort(HOST, 5000);
            int id = nat.pingId(HOST, 777);
            // 5a, 5b and 5c: also of a router of the inside, which has no mapping.
            for (String from : new String[] {HOST, "10.77.0.9"}) {
                String received = udp(SERVER, 53, HOST, 5000, "62");
                assertThat(nat.out(error(from, SERVER, type, received, 28)))
                        .isEqualTo(
                                error(
                                        EXTERNAL,
                                        SERVER,
                                        type,
                                        udp(SERVER, 53, EXTERNAL, port, "62"),
                                        28));
                String reply = echo(SERVER, HOST, 0, 777, 1);
                assertThat(nat.out(error(from, SERVER, type, reply, 28)))
                        .isEqualTo(
                                error(
                                        EXTERNAL,
                                        SERVER,
                                        type,
                                        echo(SERVER, EXTERNAL, 0, id, 1),
                                        28));
            }
            String other = udp(SERVER, 53, HOST, 5001, "62");
            assertThat(nat.out(error(HOST, SERVER, type, other, 28))).isEqualTo(NOTHING);
            assertThat(nat.dropped("noMapping")).isEqualTo(1);
            // An error goes to whom the packet came from; any other is a forgery.
            String received = udp(SERVER, 53, HOST, 5000, "62");
            assertThat(nat.out(error(HOST, STRANGER, type, received, 28))).isEqualTo(NOTHING);
        }
    }

    @Test
    void req6ErrorsNeitherRefreshNorEndASession() throws Exception {
        try (NaptRun nat = new NaptRun("INBOUND_REFRESH true")) {
            int id = nat.pingId(HOST, 777);
            String ping = echo(EXTERNAL, SERVER, 8, id, 1);
            String reply = echo(SERVER, HOST, 0, 777, 1);
            for (int i = 0; i < 5; i++) {
                nat.pass(11);
                assertThat(nat.in(error(ROUTER, EXTERNAL, "0b00", ping, 28))).isNotEqualTo(NOTHING);
                assertThat(nat.out(error(HOST, SERVER, "0b01", reply, 28))).isNotEqualTo(NOTHING);
            }
            nat.pass(4.9);
            assertThat(nat.read("lookup", "icmp " + HOST + " 777")).isEqualTo(EXTERNAL + ":" + id);
            nat.pass(0.1);
            assertThat(nat.read("lookup", "icmp " + HOST + " 777")).isEmpty();
        }
    }

    @Test
    void req7HairpinnedErrorsAreTranslated() throws Exception {
        try (NaptRun nat = new NaptRun("")) {
            int port = nat.udpPort(HOST, 5000);
            int others = nat.udpPort(OTHER, 6000);
            String received = nat.back(udp(HOST, 5000, EXTERNAL, others, "61"));
            assertThat(received).isEqualTo(udp(EXTERNAL, port, OTHER, 6000, "61"));
            // 7a: to the host that has sent it, and the packet as it was sent.
            assertThat(nat.back(error(OTHER, EXTERNAL, "0303", received, 28)))
                    .isEqualTo(
                            error(
                                    EXTERNAL,
                                    HOST,
                                    "0303",
                                    udp(HOST, 5000, EXTERNAL, others, "61"),
                                    28));
            assertThat(nat.newOutside()).isEqualTo(NOTHING);
        }
    }

    /** RFC 7857 section 12 wants this of a NAPT, too. */
    @Test
    void req7HairpinnedQueriesPass() throws Exception {
        try (NaptRun nat = new NaptRun("")) {
            int target = nat.pingId(HOST, 777);
            String request = nat.back(echo(OTHER, EXTERNAL, 8, target, 1));
            int asker = identifier(request);
            assertThat(request).isEqualTo(echo(EXTERNAL, HOST, 8, asker, 1));
            assertThat(nat.back(echo(HOST, EXTERNAL, 0, asker, 1)))
                    .isEqualTo(echo(EXTERNAL, OTHER, 0, target, 1));
            assertThat(nat.back(error(HOST, EXTERNAL, "0302", request, 28)))
                    .isEqualTo(
                            error(
                                    EXTERNAL,
                                    OTHER,
                                    "0302",
                                    echo(OTHER, EXTERNAL, 8, target, 1),
                                    28));
            assertThat(nat.back(echo(OTHER, EXTERNAL, 8, asker == 2000 ? 2001 : 2000, 1)))
                    .isEqualTo(NOTHING);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PORTS 20000-20001, noPort",
        "'MAPPINGS 2, PER_USER 3', mappingsFull",
        "PER_USER 2, userLimit"
    })
    void req8WantOfRoomIsSaidToTheSender(String limit, String reason) throws Exception {
        try (NaptRun nat = new NaptRun(limit + ", ICMP_SOURCE 10.77.0.1")) {
            nat.udpPort(HOST, 5000);
            nat.udpPort(HOST, 5001);
            String third = udp(HOST, 5002, SERVER, 53, "61");
            String error = nat.back(third);
            assertThat(NaptRun.source(error)).isEqualTo("10.77.0.1");
            assertThat(NaptRun.destination(error)).isEqualTo(HOST);
            assertThat(error.substring(40, 44)).isEqualTo("030d");
            assertThat(error.substring(56)).isEqualTo(third);
            assertThat(nat.newOutside()).isEqualTo(NOTHING);
            assertThat(nat.dropped(reason)).isEqualTo(1);
        }
    }

    /** Errors that it makes itself are limited, and those to the outside can be forbidden. */
    @Test
    void req9APolicyMayKeepSilent() throws Exception {
        try (NaptRun nat = new NaptRun("PORTS 20000-20000, SYN_ERRORS false")) {
            nat.udpPort(HOST, 5000);
            for (int i = 0; i < 1000; i++) {
                nat.run().pushFrom("in0", udp(HOST, 6000 + i, SERVER, 53, "61"));
            }
            assertThat(nat.run().out("inside")).hasSize(256);
            assertThat(nat.count("errors_limited")).isEqualTo(744);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0300, true",
        "0b00, true",
        "0c00, true", // unreachable, time exceeded, parameter problem
        "0400, false",
        "0501, false" // source quench, redirect
    })
    void req10TheseErrorsAreSupported(String type, boolean supported) throws Exception {
        try (NaptRun nat = new NaptRun("")) {
            int port = nat.udpPort(HOST, 5000);
            String sent = udp(EXTERNAL, port, SERVER, 53, "61");
            String got = nat.in(error(ROUTER, EXTERNAL, type, sent, 28));
            assertThat(!got.equals(NOTHING)).isEqualTo(supported);
            assertThat(nat.dropped("unsupported")).isEqualTo(supported ? 0 : 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0f00", "1000", "1100", "1200", "0900", "0a00", "2a00"})
    void req11OtherMessagesAreDropped(String type) throws Exception {
        try (NaptRun nat = new NaptRun("")) {
            nat.pingId(HOST, 777);
            assertThat(nat.out(icmp(HOST, SERVER, type, "03090001"))).isEqualTo(NOTHING);
            assertThat(nat.in(icmp(SERVER, EXTERNAL, type, "03090001"))).isEqualTo(NOTHING);
            assertThat(nat.dropped("unsupported")).isEqualTo(2);
        }
    }
}
