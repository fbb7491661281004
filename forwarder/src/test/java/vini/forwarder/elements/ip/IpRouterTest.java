package vini.forwarder.elements.ip;

import static org.assertj.core.api.Assertions.assertThat;

import static vini.forwarder.kit.GraphRun.MS;

import org.junit.jupiter.api.Test;

import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;

/**
 * The IP router of the Click paper (Kohler et al. 2000, figure 8) with two interfaces: a packet
 * passes sixteen elements from device to device. Here Inject and Collect stand for the devices.
 */
class IpRouterTest {
    private static final String MAC_0 = "0000c0ae67ef";
    private static final String MAC_1 = "0000c04f71ef";
    private static final String HOST_4 = "020000000402";
    private static final String HOST_7 = "020000000709";
    private static final String ALL = "ffffffffffff";

    private static String text() {
        return "rt :: StaticIPLookup(18.26.4.24/32 0, 18.26.4.255/32 0, 18.26.4.0/32 0,"
                + " 18.26.7.1/32 0, 18.26.7.255/32 0, 18.26.7.0/32 0,"
                + " 18.26.4.0/24 1, 18.26.7.0/24 2, 0.0.0.0/0 18.26.4.1 1);"
                + "rt[0] -> ping :: ICMPPingResponder -> rt; ping[1] -> host :: Collect;"
                + device(0, "18.26.4.24", "00:00:c0:ae:67:ef")
                + device(1, "18.26.7.1", "00:00:c0:4f:71:ef");
    }

    private static String device(int n, String ip, String mac) {
        return """
        eth%1$d :: Inject
            -> c%1$d :: Classifier(12/0806 20/0001, 12/0806 20/0002, 12/0800, -);
        out%1$d :: Queue(200) -> Unqueue -> dev%1$d :: Collect;
        c%1$d[0] -> ARPResponder(%2$s %3$s) -> out%1$d;
        c%1$d[1] -> [1]arpq%1$d :: ARPQuerier(%2$s, %3$s) -> out%1$d;
        c%1$d[2] -> Paint(%4$d) -> Strip(14)
            -> CheckIPHeader(INTERFACES 18.26.4.24/24 18.26.7.1/24)
            -> GetIPAddress(16) -> [0]rt;
        c%1$d[3] -> Discard;
        rt[%4$d] -> DropBroadcasts -> cp%1$d :: PaintTee(%4$d)
            -> gio%1$d :: IPGWOptions(%2$s) -> FixIPSrc(%2$s) -> dt%1$d :: DecIPTTL
            -> fr%1$d :: IPFragmenter(1500) -> [0]arpq%1$d;
        dt%1$d[1] -> ICMPError(%2$s, timeexceeded) -> [0]rt;
        fr%1$d[1] -> ICMPError(%2$s, unreachable, needfrag, PMTU 1500) -> [0]rt;
        gio%1$d[1] -> ICMPError(%2$s, parameterproblem) -> [0]rt;
        cp%1$d[1] -> ICMPError(%2$s, redirect, host) -> [0]rt;
        """
                .formatted(n, ip, mac, n + 1);
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
        run.pushFrom("eth0", MAC_0 + HOST_4 + arp(2, HOST_4, "18.26.4.2", MAC_0, "18.26.4.24"));
        run.pushFrom("eth1", MAC_1 + HOST_7 + arp(2, HOST_7, "18.26.7.9", MAC_1, "18.26.7.1"));
        return run;
    }

    @Test
    void aPacketCrossesSixteenElements() throws Exception {
        try (GraphRun run = router()) {
            String packet = Packets.udp("18.26.4.2", "18.26.7.9", 64, 1000, 2000);
            run.pushFrom("eth0", frame(MAC_0, HOST_4, packet));
            run.run(MS);
            assertThat(run.out("dev1"))
                    .containsExactly(
                            frame(
                                    HOST_7,
                                    MAC_1,
                                    Packets.udp("18.26.4.2", "18.26.7.9", 63, 1000, 2000)));
            assertThat(run.out("dev0")).isEmpty();
        }
    }

    @Test
    void anUnknownHostIsAskedForFirst() throws Exception {
        try (GraphRun run = router()) {
            String packet = Packets.udp("18.26.7.9", "18.26.4.3", 64, 1000, 2000);
            run.pushFrom("eth1", frame(MAC_1, HOST_7, packet));
            run.run(MS);
            assertThat(run.out("dev0")).hasSize(1);
            assertThat(run.out("dev0").getFirst())
                    .startsWith(ALL + MAC_0 + "08060001080006040001" + MAC_0);
            String three = "020000000403";
            run.pushFrom("eth0", MAC_0 + three + arp(2, three, "18.26.4.3", MAC_0, "18.26.4.24"));
            run.run(MS);
            assertThat(run.out("dev0").getLast())
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
            run.pushFrom("eth0", frame(MAC_0, HOST_4, dying));
            run.run(MS);
            assertThat(run.out("dev1")).isEmpty();
            String answer = run.out("dev0").getFirst();
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
            run.pushFrom("eth0", frame(MAC_0, HOST_4, packet));
            run.run(MS);
            assertThat(run.out("dev0")).hasSize(2);
            assertThat(run.out("dev0")).anyMatch(f -> f.startsWith("0501", 28 + 40));
        }
    }

    @Test
    void longPacketsAreFragmentedOrRefused() throws Exception {
        try (GraphRun run = router()) {
            String packet = Packets.ipv4("18.26.4.2", "18.26.7.9", 64, 17, "ab".repeat(2000));
            run.pushFrom("eth0", frame(MAC_0, HOST_4, packet));
            run.run(MS);
            assertThat(run.out("dev1")).extracting(String::length).containsExactly(3028, 1108);
        }
    }

    @Test
    void theRouterAnswersArpAndPing() throws Exception {
        try (GraphRun run = router()) {
            run.pushFrom(
                    "eth0",
                    ALL + HOST_4 + arp(1, HOST_4, "18.26.4.2", "000000000000", "18.26.4.24"));
            run.pushFrom(
                    "eth0",
                    frame(
                            MAC_0,
                            HOST_4,
                            Packets.ipv4("18.26.4.2", "18.26.7.1", 64, 1, "0800f7fd00010001")));
            run.run(MS);
            assertThat(run.out("dev0").getFirst())
                    .startsWith(HOST_4 + MAC_0 + arp(2, MAC_0, "18.26.4.24", HOST_4, "18.26.4.2"));
            assertThat(run.out("dev0").getLast()).endsWith("0000fffd00010001");
            assertThat(run.out("host")).isEmpty();
        }
    }

    @Test
    void broadcastSourcesAreRefused() throws Exception {
        try (GraphRun run = router()) {
            String packet = Packets.udp("18.26.4.255", "18.26.7.9", 64, 1000, 2000);
            run.pushFrom("eth0", frame(MAC_0, HOST_4, packet));
            run.run(MS);
            assertThat(run.out("dev1")).isEmpty();
            assertThat(run.chatter()).hasSize(1);
        }
    }
}
