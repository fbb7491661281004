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
import static vini.forwarder.elements.napt.NaptRun.sourcePort;
import static vini.forwarder.elements.tcpudp.Segments.ACK;
import static vini.forwarder.elements.tcpudp.Segments.FIN;
import static vini.forwarder.elements.tcpudp.Segments.RST;
import static vini.forwarder.elements.tcpudp.Segments.SYN;
import static vini.forwarder.elements.tcpudp.Segments.error;
import static vini.forwarder.elements.tcpudp.Segments.tcp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.ConfigException;

import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/** The requirements of RFC 5382 (TCP), each in a test that is named after it. */
class Rfc5382Test {
    /** An established connection may be silent for 2 h 4 min. */
    private static final double ESTABLISHED = 7440;

    private static final double TRANSITORY = 240;

    @ParameterizedTest
    @ValueSource(strings = {"endpoint-independent", "address", "address-and-port"})
    void req1MappingIsEndpointIndependent(String filtering) throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING " + filtering)) {
            int port = nat.connect(HOST, 5000);
            for (int peerPort : new int[] {1, 443, 65535}) {
                assertThat(nat.out(tcp(HOST, 5000, STRANGER, peerPort, SYN, "")))
                        .isEqualTo(tcp(EXTERNAL, port, STRANGER, peerPort, SYN, ""));
                assertThat(nat.in(tcp(STRANGER, peerPort, EXTERNAL, port, SYN | ACK, "")))
                        .isEqualTo(tcp(STRANGER, peerPort, HOST, 5000, SYN | ACK, ""));
            }
            // The first connection goes on.
            assertThat(nat.in(tcp(SERVER, 80, EXTERNAL, port, ACK, "6162")))
                    .isEqualTo(tcp(SERVER, 80, HOST, 5000, ACK, "6162"));
            assertThat(nat.read("nmappings")).isEqualTo("1");
            assertThat(nat.read("nsessions")).isEqualTo("4");
        }
    }

    @Test
    void req2ConnectionsOfTheInsideOpenSpeakAndClose() throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING address-and-port")) {
            int port = nat.connect(HOST, 5000);
            assertThat(nat.out(tcp(HOST, 5000, SERVER, 80, ACK, "616263")))
                    .isEqualTo(tcp(EXTERNAL, port, SERVER, 80, ACK, "616263"));
            // A half-close: the server may speak for hours.
            nat.out(tcp(HOST, 5000, SERVER, 80, FIN | ACK, ""));
            nat.pass(ESTABLISHED - 1);
            assertThat(nat.in(tcp(SERVER, 80, EXTERNAL, port, ACK, "64")))
                    .isEqualTo(tcp(SERVER, 80, HOST, 5000, ACK, "64"));
            assertThat(nat.in(tcp(SERVER, 80, EXTERNAL, port, FIN | ACK, "")))
                    .isEqualTo(tcp(SERVER, 80, HOST, 5000, FIN | ACK, ""));
            assertThat(nat.out(tcp(HOST, 5000, SERVER, 80, ACK, "")))
                    .isEqualTo(tcp(EXTERNAL, port, SERVER, 80, ACK, ""));
            // What is sent again still passes, and the port may be used again.
            assertThat(nat.in(tcp(SERVER, 80, EXTERNAL, port, FIN | ACK, "")))
                    .isNotEqualTo(NOTHING);
            assertThat(nat.connect(HOST, 5000)).isEqualTo(port);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint-independent, 9999, true",
        "address, 9999, true",
        "address-and-port, 9999, false",
        "address-and-port, 80, true"
    })
    void req2ConnectionsOfTheOutsideOpenWhereAllowed(String filtering, int from, boolean allowed)
            throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING " + filtering)) {
            int port = nat.connect(HOST, 5000);
            nat.out(tcp(HOST, 5000, SERVER, 80, FIN | ACK, ""));
            nat.in(tcp(SERVER, 80, EXTERNAL, port, FIN | ACK, ""));
            String syn = nat.in(tcp(SERVER, from, EXTERNAL, port, SYN, ""));
            assertThat(syn).isEqualTo(allowed ? tcp(SERVER, from, HOST, 5000, SYN, "") : NOTHING);
            if (allowed) {
                assertThat(nat.out(tcp(HOST, 5000, SERVER, from, SYN | ACK, "")))
                        .isEqualTo(tcp(EXTERNAL, port, SERVER, from, SYN | ACK, ""));
                nat.pass(ESTABLISHED - 1);
                assertThat(nat.in(tcp(SERVER, from, EXTERNAL, port, ACK, "61")))
                        .isEqualTo(tcp(SERVER, from, HOST, 5000, ACK, "61"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"endpoint-independent", "address", "address-and-port"})
    void req2aBothEndsMayOpenAtOnce(String filtering) throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING " + filtering)) {
            int port = sourcePort(nat.out(tcp(HOST, 5000, STRANGER, 6000, SYN, "")));
            assertThat(nat.in(tcp(STRANGER, 6000, EXTERNAL, port, SYN, "")))
                    .isEqualTo(tcp(STRANGER, 6000, HOST, 5000, SYN, ""));
            assertThat(nat.out(tcp(HOST, 5000, STRANGER, 6000, SYN | ACK, "")))
                    .isEqualTo(tcp(EXTERNAL, port, STRANGER, 6000, SYN | ACK, ""));
            assertThat(nat.in(tcp(STRANGER, 6000, EXTERNAL, port, SYN | ACK, "")))
                    .isEqualTo(tcp(STRANGER, 6000, HOST, 5000, SYN | ACK, ""));
            nat.pass(ESTABLISHED - 1);
            assertThat(nat.in(tcp(STRANGER, 6000, EXTERNAL, port, ACK, "61")))
                    .isNotEqualTo(NOTHING);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint-independent, true, true",
        "address, true, false",
        "address-and-port, false, false",
    })
    void req3FilteringCanBeChosen(String kind, boolean address, boolean anybody) throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING " + kind)) {
            int port = nat.connect(HOST, 5000);
            nat.out(tcp(HOST, 5000, ROUTER, 22, SYN, ""));
            for (String peer : new String[] {SERVER, ROUTER}) {
                assertThat(!nat.in(tcp(peer, 9999, EXTERNAL, port, SYN, "")).equals(NOTHING))
                        .isEqualTo(address);
            }
            assertThat(!nat.in(tcp(STRANGER, 80, EXTERNAL, port, SYN, "")).equals(NOTHING))
                    .isEqualTo(anybody);
            // What belongs to no connection does not pass in any case.
            assertThat(nat.in(tcp(STRANGER, 81, EXTERNAL, port, ACK, "61"))).isEqualTo(NOTHING);
            assertThat(nat.in(tcp(STRANGER, 81, EXTERNAL, port, RST, ""))).isEqualTo(NOTHING);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void req4AnUninvitedSynIsAnsweredAfterSixSeconds(boolean mapped) throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING address-and-port")) {
            int port = mapped ? nat.connect(HOST, 5000) : 2345;
            String syn = tcp(STRANGER, 6000, EXTERNAL, port, SYN, "");
            assertThat(nat.in(syn)).isEqualTo(NOTHING);
            nat.pass(3);
            assertThat(nat.in(syn)).isEqualTo(NOTHING); // sent again
            nat.pass(2.999);
            assertThat(nat.newOutside()).isEqualTo(NOTHING);
            nat.pass(0.001);
            assertThat(nat.newOutside().substring(40))
                    .isEqualTo(error(EXTERNAL, STRANGER, "0303", syn, 28).substring(40));
            nat.pass(10);
            assertThat(nat.newOutside()).isEqualTo(NOTHING);
        }
    }

    @Test
    void req4AnUninvitedSynIsForgottenIfTheInsideOpens() throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING address-and-port")) {
            int port = nat.connect(HOST, 5000);
            assertThat(nat.in(tcp(STRANGER, 6000, EXTERNAL, port, SYN, ""))).isEqualTo(NOTHING);
            nat.pass(5.9);
            assertThat(nat.out(tcp(HOST, 5000, STRANGER, 6000, SYN, "")))
                    .isEqualTo(tcp(EXTERNAL, port, STRANGER, 6000, SYN, ""));
            nat.pass(60);
            assertThat(nat.newOutside()).isEqualTo(NOTHING);
            assertThat(nat.count("errors_sent")).isZero();
        }
    }

    @Test
    void req4aAPolicyMayKeepSilent() throws Exception {
        try (NaptRun nat = new NaptRun("SYN_ERRORS false")) {
            assertThat(nat.in(tcp(STRANGER, 6000, EXTERNAL, 2345, SYN, ""))).isEqualTo(NOTHING);
            nat.pass(60);
            assertThat(nat.newOutside()).isEqualTo(NOTHING);
            assertThat(nat.dropped("noMapping")).isEqualTo(1);
        }
    }

    @Test
    void req5EstablishedConnectionsLiveTwoHoursAndFourMinutes() throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING address-and-port")) {
            int port = nat.connect(HOST, 5000);
            for (int i = 0; i < 3; i++) {
                nat.pass(ESTABLISHED - 0.001);
                String either =
                        i % 2 == 0
                                ? nat.in(tcp(SERVER, 80, EXTERNAL, port, ACK, "61"))
                                : nat.out(tcp(HOST, 5000, SERVER, 80, ACK, "61"));
                assertThat(either).isNotEqualTo(NOTHING);
            }
            nat.pass(ESTABLISHED);
            assertThat(nat.in(tcp(SERVER, 80, EXTERNAL, port, ACK, "61"))).isEqualTo(NOTHING);
            assertThat(nat.read("nmappings")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"opening", "closed", "reset"})
    void req5TransitoryConnectionsLiveFourMinutes(String phase) throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING address-and-port")) {
            int port;
            if (phase.equals("opening")) {
                port = sourcePort(nat.out(tcp(HOST, 5000, SERVER, 80, SYN, "")));
            } else {
                port = nat.connect(HOST, 5000);
                nat.out(tcp(HOST, 5000, SERVER, 80, phase.equals("reset") ? RST : FIN | ACK, ""));
                nat.in(tcp(SERVER, 80, EXTERNAL, port, phase.equals("reset") ? RST : FIN, ""));
            }
            nat.pass(TRANSITORY - 0.001);
            assertThat(nat.read("lookup", "tcp " + HOST + " 5000"))
                    .isEqualTo(EXTERNAL + ":" + port);
            nat.pass(0.001);
            assertThat(nat.read("lookup", "tcp " + HOST + " 5000")).isEmpty();
            assertThat(nat.in(tcp(SERVER, 80, EXTERNAL, port, SYN | ACK, ""))).isEqualTo(NOTHING);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP_TIMEOUT 7439", "TCP_CLOSING_TIMEOUT 239"})
    void req5LessIsRefused(String keyword) throws Exception {
        assertThatThrownBy(() -> new NaptRun(keyword))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("less than the RFC's");
        new NaptRun(keyword + ", SHORT_TIMEOUTS true").close();
        // 5a; and RFC 7857 section 2.1 lets this one be shorter.
        new NaptRun("TCP_TIMEOUT 3h, TCP_CLOSING_TIMEOUT 5min, TCP_OPENING_TIMEOUT 30").close();
    }

    @Test
    void req6PayloadsAreNotTouched() throws Exception {
        String ftp = HexFormat.of().formatHex("PORT 10,0,0,5,19,136\r\n".getBytes(US_ASCII));
        try (NaptRun nat = new NaptRun("")) {
            int port = nat.connect(HOST, 5000);
            assertThat(nat.out(tcp(HOST, 5000, SERVER, 80, ACK, ftp)))
                    .isEqualTo(tcp(EXTERNAL, port, SERVER, 80, ACK, ftp));
        }
    }

    @Test
    void req7PortsAreNotOverloaded() throws Exception {
        try (NaptRun nat = new NaptRun("PORTS 20000-20049")) {
            Set<Integer> ports = new TreeSet<>();
            for (int i = 0; i < 50; i++) {
                ports.add(nat.connect("10.0.1." + i, 5000));
            }
            assertThat(ports).hasSize(50);
            // To another peer it would be possible, but for the endpoint-independent mapping.
            assertThat(nat.out(tcp("10.0.2.1", 5000, STRANGER, 80, SYN, ""))).isEqualTo(NOTHING);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"endpoint-independent", "address", "address-and-port"})
    void req8HairpinningHasTheExternalSource(String filtering) throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING " + filtering)) {
            int port = sourcePort(nat.out(tcp(HOST, 5000, STRANGER, 80, SYN, "")));
            int others = sourcePort(nat.out(tcp(OTHER, 6000, STRANGER, 80, SYN, "")));
            // Both open; where filtering is strict, the first SYN only opens the way.
            String first = nat.back(tcp(HOST, 5000, EXTERNAL, others, SYN, ""));
            if (filtering.startsWith("endpoint")) {
                assertThat(first).isEqualTo(tcp(EXTERNAL, port, OTHER, 6000, SYN, ""));
            } else {
                assertThat(first).isEqualTo(NOTHING);
            }
            assertThat(nat.back(tcp(OTHER, 6000, EXTERNAL, port, SYN, "")))
                    .isEqualTo(tcp(EXTERNAL, others, HOST, 5000, SYN, ""));
            assertThat(nat.back(tcp(HOST, 5000, EXTERNAL, others, SYN | ACK, "")))
                    .isEqualTo(tcp(EXTERNAL, port, OTHER, 6000, SYN | ACK, ""));
            assertThat(nat.back(tcp(OTHER, 6000, EXTERNAL, port, SYN | ACK, "")))
                    .isEqualTo(tcp(EXTERNAL, others, HOST, 5000, SYN | ACK, ""));
            assertThat(nat.back(tcp(HOST, 5000, EXTERNAL, others, ACK, "61")))
                    .isEqualTo(tcp(EXTERNAL, port, OTHER, 6000, ACK, "61"));
            nat.pass(TRANSITORY + 1);
            assertThat(nat.back(tcp(OTHER, 6000, EXTERNAL, port, ACK, "62")))
                    .isEqualTo(tcp(EXTERNAL, others, HOST, 5000, ACK, "62"));
            assertThat(nat.newOutside()).isEqualTo(NOTHING);
        }
    }

    @Test
    void req8AHairpinnedSynThatIsUninvitedIsAnsweredAsAnyOther() throws Exception {
        try (NaptRun nat = new NaptRun("")) {
            assertThat(nat.back(tcp(HOST, 5000, EXTERNAL, 2345, SYN, ""))).isEqualTo(NOTHING);
            nat.pass(6);
            String error = nat.newInside();
            assertThat(NaptRun.destination(error)).isEqualTo(HOST);
            assertThat(error.substring(40, 44)).isEqualTo("0303");
            String quoted = error.substring(56);
            String sent = tcp(HOST, 5000, EXTERNAL, 2345, SYN, "");
            assertThat(quoted).isEqualTo(sent.substring(0, 56));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0300", "0301", "0302", "0303", "0304", "0b00"})
    void req9ErrorsAreTranslated(String type) throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING address-and-port")) {
            int port = nat.connect(HOST, 5000);
            for (int bytes : new int[] {28, 40, 43, 200}) {
                String sent = tcp(EXTERNAL, port, SERVER, 80, ACK, "616263");
                assertThat(nat.in(error(ROUTER, EXTERNAL, type, sent, bytes)))
                        .isEqualTo(
                                error(
                                        ROUTER,
                                        HOST,
                                        type,
                                        tcp(HOST, 5000, SERVER, 80, ACK, "616263"),
                                        bytes));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0300", "0301", "0302", "0303", "0304", "030d", "0b00", "0c00"})
    void req10IcmpDoesNotEndAConnection(String type) throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING address-and-port")) {
            int port = nat.connect(HOST, 5000);
            String sent = tcp(EXTERNAL, port, SERVER, 80, ACK, "");
            String received = tcp(SERVER, 80, HOST, 5000, ACK, "");
            assertThat(nat.in(error(ROUTER, EXTERNAL, type, sent, 40))).isNotEqualTo(NOTHING);
            assertThat(nat.out(error(HOST, SERVER, type, received, 40))).isNotEqualTo(NOTHING);
            nat.pass(ESTABLISHED - 1);
            assertThat(nat.in(tcp(SERVER, 80, EXTERNAL, port, ACK, "61")))
                    .isEqualTo(tcp(SERVER, 80, HOST, 5000, ACK, "61"));
        }
    }
}
