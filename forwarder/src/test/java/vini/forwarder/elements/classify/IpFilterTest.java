package vini.forwarder.elements.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

class IpFilterTest {
    /**
     * The rules of the interior router in "Building Internet Firewalls", which are the example of
     * Click's manual, with addresses for its names.
     */
    static final String FIREWALL =
            """
            deny src 10.1.0.0/16,
            allow src 192.0.2.5 && dst 10.1.0.0/16 && tcp && src port www && dst port > 1023 && ack,
            allow dst 10.1.0.0/16 && tcp && src port 23 && dst port > 1023 && ack,
            allow dst 10.1.0.0/16 && tcp && src port 22 && ack,
            allow dst 10.1.0.0/16 && tcp && dst port 22,
            allow dst 10.1.0.0/16 && tcp && src port 21 && dst port > 1023 && ack,
            allow dst 10.1.0.0/16 && tcp && src port > 1023 && dst port > 1023 && ack,
            allow src 192.0.2.5 && dst 10.1.0.0/16 && tcp && src port 21 && dst port > 1023 && ack,
            allow src 192.0.2.5 && dst 10.1.0.0/16 && tcp && src port > 1023 && dst port > 1023,
            allow src 192.0.2.5 && dst 10.1.0.25 && tcp && src port 25 && dst port > 1023 && ack,
            allow src 192.0.2.5 && dst 10.1.0.25 && tcp && src port > 1023 && dst port 25,
            allow src 198.51.100.9 && dst 10.1.0.119
               && tcp && src port 119 && dst port > 1023 && ack,
            allow src 198.51.100.9 && dst 10.1.0.119 && tcp && src port > 1023 && dst port 119,
            allow src 192.0.2.5 && dst 10.1.0.53 && udp && src port 53 && dst port 53,
            allow src 192.0.2.5 && dst 10.1.0.53 && tcp && src port 53 && dst port > 1023 && ack,
            allow src 192.0.2.5 && dst 10.1.0.53 && tcp && src port > 1023 && dst port 53,
            deny all\
            """;

    private static String tcp(String from, int fromPort, String to, int toPort, String flags) {
        String ports = "%04x%04x".formatted(fromPort, toPort);
        return Packets.ipv4(
                from, to, 64, 6, ports + "0000000000000000" + "50" + flags + "00000000");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.7, 80, 10.1.0.8, 2000, 10, false", // spoofed
        "192.0.2.5, 80, 10.1.0.8, 2000, 10, true", // HTTP-2
        "192.0.2.5, 80, 10.1.0.8, 2000, 02, false", // no ACK
        "192.0.2.6, 80, 10.1.0.8, 2000, 10, false", // not the bastion
        "192.0.2.6, 23, 10.1.0.8, 1024, 10, true", // Telnet-2
        "192.0.2.6, 23, 10.1.0.8, 1023, 10, false",
        "192.0.2.6, 22, 10.1.0.8, 9, 10, true", // SSH-2
        "192.0.2.6, 9, 10.1.0.8, 22, 02, true", // SSH-3
        "192.0.2.6, 9, 10.2.0.8, 22, 02, false",
        "192.0.2.6, 2000, 10.1.0.8, 2000, 10, true", // FTP-4
        "192.0.2.6, 2000, 10.1.0.8, 2000, 02, false",
        "192.0.2.5, 2000, 10.1.0.8, 2000, 02, true", // FTP-8
        "192.0.2.5, 2000, 10.1.0.25, 25, 02, true", // SMTP-3
        "192.0.2.5, 2000, 10.1.0.26, 25, 02, false",
        "198.51.100.9, 119, 10.1.0.119, 2000, 10, true", // NNTP-2
        "198.51.100.9, 2000, 10.1.0.119, 119, 02, true", // NNTP-3
        "198.51.100.8, 2000, 10.1.0.119, 119, 02, false",
        "192.0.2.5, 53, 10.1.0.53, 2000, 10, true", // DNS-4
        "192.0.2.5, 2000, 10.1.0.53, 53, 02, true", // DNS-5
        "192.0.2.5, 53, 10.1.0.53, 53, 10, false",
    })
    void aFirewall(String from, int fromPort, String to, int toPort, String flags, boolean allowed)
            throws Exception {
        String text = "in :: Inject -> f :: IPFilter(" + FIREWALL + ") -> out :: Collect;";
        String packet = tcp(from, fromPort, to, toPort, flags);
        try (GraphRun run = GraphRun.of(text)) {
            run.push(packet);
            assertThat(run.out("out")).isEqualTo(allowed ? List.of(packet) : List.of());
            assertThat(run.books().contains("drop f filtered 1")).isEqualTo(!allowed);
        }
    }

    @Test
    void aFirewallOverUdp() throws Exception {
        String text = "in :: Inject -> f :: IPFilter(" + FIREWALL + ") -> out :: Collect;";
        String query = Packets.udp("192.0.2.5", "10.1.0.53", 9, 53, 53);
        try (GraphRun run = GraphRun.of(text)) {
            run.push(query, Packets.udp("192.0.2.5", "10.1.0.53", 9, 53, 54), "45", "");
            assertThat(run.out("out")).containsExactly(query);
            assertThat(run.books()).contains("drop f filtered 3");
        }
    }

    @Test
    void looksAtTheNetworkHeaderAndBehindItsOptions() throws Exception {
        String text =
                "in :: Inject -> CheckIPHeader -> f :: IPFilter(1 dst port 53, allow all);"
                        + "f[0] -> rest :: Collect; f[1] -> dns :: Collect;";
        // IHL 6, one word of no-operation options.
        String head = "46000020000100004011" + "63c8" + "0a0000010a000002" + "01010101";
        try (GraphRun run = GraphRun.of(text)) {
            run.push(head + "0001003500080000", head + "0035000100080000");
            assertThat(run.out("dns")).containsExactly(head + "0001003500080000");
            assertThat(run.out("rest")).containsExactly(head + "0035000100080000");
        }
    }

    /** Whatever is pushed comes out or is counted; closing the run finds what leaked. */
    @Test
    void anyBytesLeaveTheBooksInBalance() throws Exception {
        String text =
                "in :: Inject -> c :: Classifier(0/45, 0/4?, 0/??, -);"
                        + "c[0] -> f :: IPFilter("
                        + FIREWALL
                        + "); f[0] -> Collect;"
                        + "c[1] -> i :: IPClassifier(syn, udp[4:4] > 8, ip[40:4] & 0xff00 3, frag);"
                        + "i[0] -> Collect; i[1] -> Collect; i[2] -> Collect; i[3] -> Collect;"
                        + "c[2] -> Collect; c[3] -> Collect;";
        long seed = Long.getLong("seed", 11);
        Random random = new Random(seed);
        try (GraphRun run = GraphRun.of(text)) {
            for (int n = 0; n < 3000; n++) {
                byte[] packet = new byte[random.nextInt(70)];
                random.nextBytes(packet);
                if (packet.length > 0 && random.nextInt(4) > 0) {
                    packet[0] = (byte) (0x40 + random.nextInt(16));
                }
                run.push(HexFormat.of().formatHex(packet));
            }
            Map<String, Long> dropped = run.graph("n").ledger().dropped();
            long drops = dropped.values().stream().mapToLong(Long::longValue).sum();
            assertThat(run.books()).contains("sent 3000", "delivered " + (3000 - drops));
            assertThat(dropped).as("-Dseed=%d", seed).containsKeys("filtered", "noMatch");
            assertThat(drops).as("-Dseed=%d", seed).isBetween(200L, 2800L);
            System.out.println("IpFilterTest -Dseed=" + seed + " " + dropped);
        }
    }

    @Test
    void tellsAllMistakesAtOnce() {
        assertThatThrownBy(
                        () -> GraphRun.of("Idle -> IPFilter(permit all, allow, 0 por 3) -> Idle;"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("pattern 1 'permit all': an action (allow, deny, drop or an")
                .hasMessageContaining("pattern 2 'allow': an expression must follow the action")
                .hasMessageContaining("pattern 3 '0 por 3': 'por' is not known here");
        assertThatThrownBy(() -> GraphRun.of("Idle -> IPFilter(2 tcp, 0 all) -> Idle;"))
                .hasMessageContaining(
                        "pattern 1 '2 tcp' leads to output 2, which is not connected");
    }
}
