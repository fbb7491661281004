package vini.forwarder.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import vini.forwarder.Graph;
import vini.forwarder.kit.LiveGraph;
import vini.forwarder.kit.Packets;
import vini.forwarder.kit.TestNamespace;
import vini.net.Ipv4Address;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The Host element over a tun device in a namespace that is made here; needs root. */
@Timeout(60)
class HostSystemTest {
    // linux/sockios.h and linux/if.h
    private static final long SIOCSIFADDR = 0x8916;
    private static final long SIOCSIFDSTADDR = 0x8918;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final int IFF_UP = 1;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestNamespace namespace;

    @BeforeEach
    void makeNamespace() throws IOException {
        namespace = new TestNamespace();
    }

    @AfterEach
    @SuppressWarnings("NullAway") // where the machine cannot make one
    void closeNamespace() throws IOException {
        if (namespace != null) {
            namespace.close();
        }
    }

    /** A struct ifreq with an IPv4 address, or with flags. */
    private static byte[] ifreq(byte[] rest) {
        return ByteBuffer.allocate(40)
                .put("h0".getBytes(StandardCharsets.US_ASCII))
                .put(16, rest)
                .array();
    }

    private static byte[] short2(int value) {
        return ByteBuffer.allocate(2)
                .order(ByteOrder.nativeOrder())
                .putShort((short) value)
                .array();
    }

    private Graph start(LiveGraph live, String where, String type) throws Exception {
        return live.start(
                "n",
                "in :: Inject -> h :: Host(DEVICE h0, TYPE %s, NETNS %s) -> out :: Collect;"
                        .formatted(type, where));
    }

    @Test
    void carriesPacketsOfTheNamespaceBothWays() throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            Graph graph = start(live, namespace.path(), "tun");
            int socket = namespace.udpSocket();
            Ipv4Address own = Ipv4Address.parse("10.77.0.1");
            Ipv4Address peer = Ipv4Address.parse("10.77.0.2");
            Libc.ioctl(socket, "SIOCSIFADDR", SIOCSIFADDR, ifreq(Sockaddr.ip(own, 0)));
            Libc.ioctl(socket, "SIOCSIFDSTADDR", SIOCSIFDSTADDR, ifreq(Sockaddr.ip(peer, 0)));
            Libc.ioctl(socket, "SIOCSIFFLAGS", SIOCSIFFLAGS, ifreq(short2(IFF_UP)));
            Libc.bind(socket, Sockaddr.ip(own, 5678));

            Libc.sendto(socket, new byte[] {7}, 0, Sockaddr.ip(peer, 1234));
            String sent = live.await1(graph, "out", hex -> hex.startsWith("45"));
            assertThat(sent).contains(Packets.address("10.77.0.1") + Packets.address("10.77.0.2"));
            assertThat(sent).contains("162e04d20009").endsWith("07");

            // UDP to the bound port, without a checksum.
            String answer = Packets.ipv4("10.77.0.2", "10.77.0.1", 60, 17, "04d2162e0009000008");
            live.push(graph, "in", answer);
            byte[] into = new byte[10];
            assertThat(Libc.recv(socket, into, 0)).isEqualTo(1);
            assertThat(into[0]).isEqualTo((byte) 8);
        }
    }

    /** The kernel asks who has the peer, is told, and sends; the frame is longer than the MTU. */
    @Test
    void aTapCarriesFrames() throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            Graph graph = start(live, namespace.path(), "tap");
            int socket = namespace.udpSocket();
            Ipv4Address own = Ipv4Address.parse("10.77.0.1");
            Libc.ioctl(socket, "SIOCSIFADDR", SIOCSIFADDR, ifreq(Sockaddr.ip(own, 0)));
            Libc.ioctl(socket, "SIOCSIFFLAGS", SIOCSIFFLAGS, ifreq(short2(IFF_UP)));
            Libc.sendto(
                    socket, new byte[1472], 0, Sockaddr.ip(Ipv4Address.parse("10.77.0.2"), 1234));
            String question = live.await1(graph, "out", hex -> hex.startsWith("0806", 24));
            String mac = question.substring(12, 24);
            assertThat(question)
                    .startsWith("ffffffffffff" + mac + "08060001080006040001" + mac)
                    .endsWith(
                            Packets.address("10.77.0.1")
                                    + "000000000000"
                                    + Packets.address("10.77.0.2"));
            String peer = "020000000002";
            String reply =
                    mac
                            + peer
                            + "08060001080006040002"
                            + peer
                            + Packets.address("10.77.0.2")
                            + mac
                            + Packets.address("10.77.0.1");
            live.push(graph, "in", reply);
            assertThat(live.await1(graph, "out", hex -> hex.startsWith(peer + mac + "0800")))
                    .hasSize(2 * 1514);
        }
    }

    @Test
    void aDeviceThatIsDownDropsAndASecondOwnerIsRefused() throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            Graph graph = start(live, namespace.path(), "tun");
            live.push(graph, "in", Packets.UDP);
            await().until(() -> live.books(graph).contains("drop h hostDown 1"));
            assertThatThrownBy(
                            () ->
                                    live.start(
                                            "m",
                                            "Idle -> h :: Host(DEVICE h0, NETNS "
                                                    + namespace.path()
                                                    + ") -> Idle;"))
                    .hasMessageStartingWith("t.click:1: 'h :: Host': ")
                    .hasMessageEndingWith("(EBUSY)");
        }
    }

    @Test
    void aNamespaceThatIsNotThereIsTold() throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            assertThatThrownBy(() -> start(live, "/run/netns/no-such-namespace", "tun"))
                    .hasMessageContaining("/run/netns/no-such-namespace");
            assertThatThrownBy(() -> live.start("n", "Idle -> h :: Host(MTU 9) -> Idle;"))
                    .hasMessage("t.click:1: 'h :: Host': MTU 9 is outside 68-65535");
            assertThatThrownBy(() -> start(live, "/run/netns/none", "tub"))
                    .hasMessageEndingWith("TYPE: 'tub' is neither tun nor tap");
        }
    }
}
