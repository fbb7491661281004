package vini.forwarder.elements.napt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.forwarder.elements.napt.NaptRun.EXTERNAL;
import static vini.forwarder.elements.napt.NaptRun.HOST;
import static vini.forwarder.elements.napt.NaptRun.NOTHING;
import static vini.forwarder.elements.napt.NaptRun.OTHER;
import static vini.forwarder.elements.napt.NaptRun.SERVER;
import static vini.forwarder.elements.napt.NaptRun.STRANGER;
import static vini.forwarder.elements.tcpudp.Segments.SYN;
import static vini.forwarder.elements.tcpudp.Segments.tcp;
import static vini.forwarder.elements.tcpudp.Segments.udp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.ConfigException;
import vini.forwarder.HandlerException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a NAPT tells, what it can be told, and that it goes on where another one was. */
class NaptHandlersTest {
    @SuppressWarnings("NullAway.Init") // set by JUnit
    @TempDir
    private Path folder;

    @Test
    void theTableIsForPeople() throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING address, PORTS 20000-20000")) {
            nat.connect(HOST, 5000);
            nat.out(tcp(HOST, 5000, STRANGER, 443, SYN, ""));
            nat.udpPort(OTHER, 5000);
            nat.pingId(OTHER, 9);
            nat.pass(1);
            assertThat(nat.read("table").lines())
                    .containsExactly(
                            "tcp 10.0.0.5:5000 => 192.0.2.1:20000 with 203.0.113.9:443, opening"
                                    + " out, and 1 other, ends in 7439.000 s",
                            "udp 10.0.0.6:5000 => 192.0.2.1:20000 with 198.51.100.7, ends in"
                                    + " 299.000 s",
                            "icmp 10.0.0.6:9 => 192.0.2.1:20000 with 198.51.100.7, ends in 59.000"
                                    + " s");
            assertThat(nat.read("udp_table").lines()).hasSize(1);
            assertThat(nat.read("nsessions")).isEqualTo("4");
            assertThat(nat.read("users").lines())
                    .containsExactly(
                            "10.0.0.5 sessions 2 address 192.0.2.1 refused 0",
                            "10.0.0.6 sessions 2 address 192.0.2.1 refused 0");
            assertThat(nat.read("ports").lines())
                    .containsExactly(
                            "192.0.2.1 tcp 1 of 1",
                            "192.0.2.1 udp 1 of 1",
                            "192.0.2.1 icmp 1 of 1");
            assertThat(nat.read("who", "tcp 192.0.2.1 20000")).isEqualTo("10.0.0.5:5000");
            assertThat(nat.read("lookup", "udp 10.0.0.6 5000")).isEqualTo("192.0.2.1:20000");
            assertThat(nat.read("lookup", "udp 10.0.0.6 5001")).isEmpty();
            assertThat(nat.read("capacity")).isEqualTo("65536 4096");
            nat.run().write("nat.clear", "10.0.0.6");
            assertThat(nat.read("table").lines()).hasSize(1);
            nat.run().write("nat.clear", "");
            assertThat(nat.read("table")).isEmpty();
            assertThat(nat.read("users")).isEmpty();
            for (String bad : new String[] {"", "udp 1.2.3.4", "sctp 1.2.3.4 5", "udp x 5"}) {
                assertThatThrownBy(() -> nat.read("lookup", bad))
                        .isInstanceOf(HandlerException.class);
            }
        }
    }

    @Test
    void theLogKeepsTheLastLines() throws Exception {
        try (NaptRun nat = new NaptRun("PORTS 20000-20000, LOG 3, REAP_INTERVAL 1s")) {
            for (int i = 0; i < 3; i++) {
                nat.udpPort("10.0.0." + i + 1, 5000);
                nat.pass(301);
            }
            assertThat(nat.read("log").lines())
                    .containsExactly(
                            "3 1970-01-01T00:10:01Z end udp 10.0.0.11:5000 192.0.2.1:20000",
                            "4 1970-01-01T00:10:02Z begin udp 10.0.0.21:5000 192.0.2.1:20000",
                            "5 1970-01-01T00:15:02Z end udp 10.0.0.21:5000 192.0.2.1:20000");
            assertThat(nat.read("log", "5").lines()).hasSize(1);
            assertThat(nat.read("log", "6")).isEmpty();
        }
    }

    @Test
    void theFileHasAllUntilItIsFull() throws Exception {
        Path file = folder.resolve("log");
        String keywords = "LOG_FILE " + file + ", LOG_FILE_MAX 190, SHORT_TIMEOUTS true";
        for (int run = 0; run < 2; run++) {
            try (NaptRun nat = new NaptRun(keywords)) {
                nat.udpPort(HOST, 5000);
                nat.udpPort(HOST, 5001);
                assertThat(nat.read("log_lost")).isEqualTo(run == 0 ? "0" : "1");
            }
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3).allMatch(line -> line.contains(" begin udp 10.0.0.5:500"));
    }

    @ParameterizedTest
    @CsvSource({
        "'PORTS 20000-20007', 8", // the same again
        "'PORTS 20000-20007, UDP_TIMEOUT 10min', 8",
        "'PORTS 20000-20007, MAPPINGS 5', 5",
        "'PORTS 20004-20100', 4",
        "'PORTS 20000-20007, INSIDE 10.0.0.0/30', 3",
        "'PORTS 20000-20007, FILTERING address', 0",
    })
    void mappingsGoOnWhereTheyStillMay(String keywords, int left) throws Exception {
        try (NaptRun nat = new NaptRun("PORTS 20000-20007")) {
            for (int i = 1; i <= 8; i++) {
                nat.udpPort("10.0.0." + i, 5000);
                nat.pass(1);
            }
            String before = nat.read("udp_table");
            nat.run().swap(NaptRun.graph(EXTERNAL, keywords));
            assertThat(nat.read("nmappings")).isEqualTo(Integer.toString(left));
            TableChecks.areSound(nat.run().element("nat", Napt.class).mappings());
            for (String line : nat.read("udp_table").lines().toList()) {
                assertThat(before).contains(line.substring(0, line.indexOf(',')));
            }
            nat.pass(700);
            assertThat(nat.read("nmappings")).isEqualTo("0");
        }
    }

    @Test
    void whatWaitsGoesOnToo() throws Exception {
        try (NaptRun nat = new NaptRun("FILTERING address-and-port")) {
            int port = nat.udpPort(HOST, 5000);
            nat.in(tcp(STRANGER, 6000, EXTERNAL, 2345, SYN, ""));
            String whole = udp(SERVER, 53, EXTERNAL, port, "61".repeat(40));
            assertThat(nat.in(NaptRun.fragment(whole, 9, 24, 100))).isEqualTo(NOTHING);
            nat.pass(1);
            nat.run().swap(NaptRun.graph(EXTERNAL, "FILTERING address-and-port"));
            nat.run().pushFrom("in1", NaptRun.fragment(whole, 9, 0, 24));
            assertThat(nat.run().out("inside")).hasSize(2);
            nat.pass(4.9);
            assertThat(nat.newOutside()).isEqualTo(NOTHING);
            nat.pass(0.1);
            assertThat(nat.newOutside().substring(40, 44)).isEqualTo("0303");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PORTS 0-9",
                "PORTS 20-10",
                "PORTS 7",
                "PORTS 1-65536",
                "FILTERING none",
                "INSIDE 10.0.0.0/33",
                "INSIDE ::1/64",
                "MAPPINGS 0",
                "PER_USER -1",
                "ICMP_SOURCE here",
                "LOG -1",
                "PORT 7",
            })
    void mistakesAreRefused(String keyword) {
        assertThatThrownBy(() -> new NaptRun(keyword)).isInstanceOf(ConfigException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.0/23", "192.0.2.0/24 198.18.0.0/28", "x", "::1", "10.0.0.1/0"})
    void addressesAreRefused(String addresses) {
        assertThatThrownBy(() -> new NaptRun(1, addresses, "")).isInstanceOf(ConfigException.class);
    }
}
