package vini.forwarder.elements.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import vini.forwarder.Graph;
import vini.forwarder.io.Libc;
import vini.forwarder.io.Sockaddr;
import vini.forwarder.kit.LiveGraph;
import vini.forwarder.kit.Packets;
import vini.forwarder.kit.TestNamespace;
import vini.net.Ipv4Address;

import java.io.IOException;

/** FromDevice, ToDevice, KernelTun and KernelTap in a namespace that is made here; needs root. */
@Timeout(60)
class DevicesSystemTest {
    private static final String ETHER = "000102030405";
    private static final String PEER = "0a0000000002";

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestNamespace namespace;

    private int socket;

    @BeforeEach
    void makeNamespace() throws IOException {
        namespace = new TestNamespace();
        socket = namespace.udpSocket();
    }

    @AfterEach
    @SuppressWarnings("NullAway") // where the machine cannot make one
    void cleanUp() throws IOException {
        if (namespace != null) {
            namespace.close();
        }
    }

    private void send(String to, int value) throws IOException {
        Libc.sendto(socket, new byte[] {(byte) value}, 0, address(to, 1234));
    }

    private static byte[] address(String dotted, int port) {
        return Sockaddr.ip(Ipv4Address.parse(dotted), port);
    }

    private static boolean isUdpTo(String hex, String to) {
        return hex.contains(Packets.address(to)) && hex.contains("04d20009");
    }

    @Test
    void aTunCarriesPacketsBothWays() throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            Graph graph =
                    live.start(
                            "n",
                            "in :: Inject -> t :: KernelTun(10.9.0.1/24, 10.9.0.9, MTU 1280,"
                                    + " DEVNAME vt7, "
                                    + namespace.keyword()
                                    + ") -> out :: Collect;");
            assertThat(live.read("t.dev_name")).isEqualTo("vt7");
            Libc.bind(socket, address("10.9.0.1", 5678));
            send("10.9.0.2", 7);
            assertThat(live.await1(graph, "out", hex -> isUdpTo(hex, "10.9.0.2")))
                    .startsWith("4500001d")
                    .endsWith("07");
            // The default route leads here as well.
            send("192.0.2.7", 8);
            assertThat(live.await1(graph, "out", hex -> isUdpTo(hex, "192.0.2.7"))).endsWith("08");

            String answer = Packets.ipv4("10.9.0.2", "10.9.0.1", 60, 17, "04d2162e0009000009");
            String tooLong =
                    Packets.ipv4(
                            "10.9.0.2",
                            "10.9.0.1",
                            60,
                            17,
                            "04d2162e0509000009" + "00".repeat(1280));
            live.push(graph, "in", answer, tooLong);
            byte[] into = new byte[10];
            assertThat(Libc.recv(socket, into, 0)).isEqualTo(1);
            assertThat(into[0]).isEqualTo((byte) 9);
            assertThat(live.books(graph)).contains("drop t tooLong 1");
        }
    }

    @Test
    void aTapCarriesFramesAndAQueueInFrontOfItEmpties() throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            Graph graph =
                    live.start(
                            "n",
                            "in :: Inject -> q :: Queue -> t :: KernelTap(10.9.0.1/24, "
                                    + namespace.keyword()
                                    + ") -> out :: Collect;");
            send("10.9.0.2", 7);
            // The kernel asks for 10.9.0.2 first; it is told.
            live.await1(graph, "out", hex -> hex.substring(24, 28).equals("0806"));
            live.push(
                    graph,
                    "in",
                    ETHER
                            + PEER
                            + "0806"
                            + "0001080006040002"
                            + PEER
                            + Packets.address("10.9.0.2")
                            + ETHER
                            + Packets.address("10.9.0.1"));
            assertThat(live.await1(graph, "out", hex -> isUdpTo(hex, "10.9.0.2")))
                    .startsWith(PEER + ETHER + "0800")
                    .endsWith("07");
            assertThat(live.read("q.length")).isEqualTo("0");
        }
    }

    @Test
    void aDeviceIsHeardAndSpokenTo() throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            Graph tap =
                    live.start(
                            "tap",
                            "in :: Inject -> t :: KernelTap(10.9.0.1/24, DEVNAME tap9, "
                                    + namespace.keyword()
                                    + ") -> out :: Collect;");
            Graph graph =
                    live.start(
                            "n",
                            "d :: FromDevice(tap9, FORCE_IP true, SNAPLEN 40, "
                                    + namespace.keyword()
                                    + ") -> heard :: Collect; d[1] -> rest :: Collect;"
                                    + "all :: FromDevice(tap9, PROMISC true, OUTBOUND true, "
                                    + namespace.keyword()
                                    + ") -> everything :: Collect;"
                                    + "in :: Inject -> Queue -> to :: ToDevice(tap9, "
                                    + namespace.keyword()
                                    + ") -> sent :: Collect; to[1] -> bad :: Collect;");
            String frame = ETHER + PEER + "0800" + Packets.UDP + "00".repeat(20);
            String other = PEER + ETHER + "1234" + "00".repeat(50);
            live.push(tap, "in", frame, other);
            assertThat(live.await1(graph, "heard", hex -> true)).isEqualTo(frame.substring(0, 80));
            live.await1(graph, "rest", hex -> hex.equals(other.substring(0, 80)));
            live.await1(graph, "everything", other::equals);
            assertThat(live.read("d.encap")).isEqualTo("ETHER");
            assertThat(live.read("d.kernel_drops")).isEqualTo("0");

            String spoken = PEER + ETHER + "88b5" + "07".repeat(50);
            live.push(graph, "in", spoken, "00".repeat(5));
            live.await1(tap, "out", spoken::equals);
            live.await1(graph, "sent", spoken::equals);
            // What is no frame cannot be sent.
            assertThat(live.await1(graph, "bad", hex -> true)).isEqualTo("0000000000");
            assertThat(live.read("to.count")).isEqualTo("1");
            // OUTBOUND hears it, the other does not.
            live.await1(graph, "everything", spoken::equals);
            assertThat(live.out(graph, "rest")).doesNotContain(spoken.substring(0, 80));
        }
    }

    @Test
    void whatIsNotThereIsTold() {
        assertThatThrownBy(() -> LiveGraph.of("FromDevice(nosuch0) -> Discard;"))
                .hasMessageEndingWith("ioctl SIOCGIFINDEX nosuch0: No such device (ENODEV)");
        assertThatThrownBy(() -> LiveGraph.of("FromDevice(lo, SNIFFER false) -> Discard;"))
                .hasMessageContaining("SNIFFER: only true is possible");
        assertThatThrownBy(() -> LiveGraph.of("FromDevice(lo, METHOD PCAP) -> Discard;"))
                .hasMessageContaining("METHOD: 'PCAP' is not here; the only one is LINUX");
        assertThatThrownBy(() -> LiveGraph.of("KernelTun(10.9.0.1/24, 10.8.0.1) -> Discard;"))
                .hasMessageContaining("GATEWAY: 10.8.0.1 is not in the device's network");
        assertThatThrownBy(
                        () ->
                                LiveGraph.of(
                                        "KernelTun(10.9.0.1/24, DEVNAME sixteen-letters1) ->"
                                                + " Discard;"))
                .hasMessageEndingWith(
                        "DEVNAME: the device name \"sixteen-letters1\" must have 1-15 bytes");
    }
}
