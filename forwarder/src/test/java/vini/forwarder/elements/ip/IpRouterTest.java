package vini.forwarder.elements.ip;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.forwarder.kit.GraphRun.MS;

import org.junit.jupiter.api.Test;

import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The example of the IP router, {@code docs/examples/ip-router.click}, in virtual time: Inject and
 * Collect stand for the devices.
 */
class IpRouterTest {
    private static final String MAC_0 = "0000c0ae67ef";
    private static final String MAC_1 = "0000c04f71ef";
    private static final String HOST_4 = "020000000402";
    private static final String HOST_7 = "020000000709";
    private static final String ALL = "ffffffffffff";

    /** The example's text, with ends for tests in the places of devices and the host. */
    private static String text() throws IOException {
        String text =
                Files.readString(Path.of("../docs/examples/ip-router.click"))
                        .replace("FromDevice($dev, SNAPLEN 9000)", "Inject")
                        .replace("ToDevice($dev)", "Collect")
                        .replace("out :: Queue(200)", "out :: Queue(200) -> Unqueue")
                        .replace("host :: Discard", "host :: Collect");
        assertThat(text).doesNotContain("FromDevice", "ToDevice");
        return text;
    }

    private static String frame(String to, String from, String packet) {
        return to + from + "0800" + packet;
    }

    private static String arp(int operation, String fromMac, String from, String toMac, String to) {
        return "080600010800060400%02x".formatted(operation)
                + fromMac
                + Packets.address(from)
                + toMac
                + Packets.address(to);
    }

    /** The router knows the link-level address of both hosts. */
    private static GraphRun router() throws Exception {
        GraphRun run = GraphRun.of(text());
        run.pushFrom(
                "n/eth0/in", MAC_0 + HOST_4 + arp(2, HOST_4, "18.26.4.2", MAC_0, "18.26.4.24"));
        run.pushFrom("n/eth1/in", MAC_1 + HOST_7 + arp(2, HOST_7, "18.26.7.9", MAC_1, "18.26.7.1"));
        return run;
    }

    @Test
    void aPacketCrossesSixteenElements() throws Exception {
        try (GraphRun run = router()) {
            String packet = Packets.udp("18.26.4.2", "18.26.7.9", 64, 1000, 2000);
            run.pushFrom("n/eth0/in", frame(MAC_0, HOST_4, packet));
            run.run(MS);
            assertThat(run.out("n/eth1/to"))
                    .containsExactly(
                            frame(
                                    HOST_7,
                                    MAC_1,
                                    Packets.udp("18.26.4.2", "18.26.7.9", 63, 1000, 2000)));
            assertThat(run.out("n/eth0/to")).isEmpty();
        }
    }

    @Test
    void anUnknownHostIsAskedForFirst() throws Exception {
        try (GraphRun run = router()) {
            String packet = Packets.udp("18.26.7.9", "18.26.4.3", 64, 1000, 2000);
            run.pushFrom("n/eth1/in", frame(MAC_1, HOST_7, packet));
            run.run(MS);
            assertThat(run.out("n/eth0/to")).hasSize(1);
            assertThat(run.out("n/eth0/to").getFirst())
                    .startsWith(ALL + MAC_0 + "08060001080006040001" + MAC_0);
            String three = "020000000403";
            run.pushFrom(
                    "n/eth0/in", MAC_0 + three + arp(2, three, "18.26.4.3", MAC_0, "18.26.4.24"));
            run.run(MS);
            assertThat(run.out("n/eth0/to").getLast())
                    .isEqualTo(
                            frame(
                                    three,
                                    MAC_0,
                                    Packets.udp("18.26.7.9", "18.26.4.3", 63, 1000, 2000)));
        }
    }

    @Test
    void timeExceededComesFromTheInterfaceByWhichItLeaves() throws Exception {
        try (GraphRun run = router()) {
            String dying = Packets.udp("18.26.4.2", "18.26.7.9", 1, 1000, 2000);
            run.pushFrom("n/eth0/in", frame(MAC_0, HOST_4, dying));
            run.run(MS);
            assertThat(run.out("n/eth1/to")).isEmpty();
            String answer = run.out("n/eth0/to").getFirst();
            // Type 11, from 18.26.4.24 although the element of the other interface made it.
            assertThat(answer).startsWith(HOST_4 + MAC_0 + "0800" + "45c00038");
            assertThat(answer.substring(28 + 24, 28 + 44))
                    .isEqualTo(
                            Packets.address("18.26.4.24") + Packets.address("18.26.4.2") + "0b00");
            assertThat(answer).endsWith(dying);
        }
    }

    @Test
    void whatGoesBackWhereItCameFromIsRedirected() throws Exception {
        try (GraphRun run = router()) {
            String packet = Packets.udp("18.26.4.2", "18.26.4.2", 64, 1000, 2000);
            run.pushFrom("n/eth0/in", frame(MAC_0, HOST_4, packet));
            run.run(MS);
            assertThat(run.out("n/eth0/to")).hasSize(2);
            assertThat(run.out("n/eth0/to")).anyMatch(f -> f.startsWith("0501", 28 + 40));
        }
    }

    @Test
    void longPacketsAreFragmentedOrRefused() throws Exception {
        try (GraphRun run = router()) {
            String packet = Packets.ipv4("18.26.4.2", "18.26.7.9", 64, 17, "ab".repeat(2000));
            run.pushFrom("n/eth0/in", frame(MAC_0, HOST_4, packet));
            run.run(MS);
            assertThat(run.out("n/eth1/to")).extracting(String::length).containsExactly(3028, 1108);
        }
    }

    @Test
    void theRouterAnswersArpAndPing() throws Exception {
        try (GraphRun run = router()) {
            run.pushFrom(
                    "n/eth0/in",
                    ALL + HOST_4 + arp(1, HOST_4, "18.26.4.2", "000000000000", "18.26.4.24"));
            run.pushFrom(
                    "n/eth0/in",
                    frame(
                            MAC_0,
                            HOST_4,
                            Packets.ipv4("18.26.4.2", "18.26.7.1", 64, 1, "0800f7fd00010001")));
            run.run(MS);
            assertThat(run.out("n/eth0/to").getFirst())
                    .startsWith(HOST_4 + MAC_0 + arp(2, MAC_0, "18.26.4.24", HOST_4, "18.26.4.2"));
            assertThat(run.out("n/eth0/to").getLast()).endsWith("0000fffd00010001");
            assertThat(run.out("host")).isEmpty();
        }
    }

    @Test
    void broadcastSourcesAreRefused() throws Exception {
        try (GraphRun run = router()) {
            String packet = Packets.udp("18.26.4.255", "18.26.7.9", 64, 1000, 2000);
            run.pushFrom("n/eth0/in", frame(MAC_0, HOST_4, packet));
            run.run(MS);
            assertThat(run.out("n/eth1/to")).isEmpty();
            assertThat(run.chatter()).hasSize(1);
        }
    }
}
