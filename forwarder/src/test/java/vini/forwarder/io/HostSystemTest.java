package vini.forwarder.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import vini.forwarder.Graph;
import vini.forwarder.GraphProcess;
import vini.forwarder.kit.Collect;
import vini.forwarder.kit.Inject;
import vini.forwarder.kit.Packets;
import vini.net.Ipv4Address;
import vini.time.Seed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Predicate;

/** The Host element over a tun device in a namespace that is made here; needs root. */
@Timeout(60)
class HostSystemTest {
    // linux/sockios.h and linux/if.h
    private static final long SIOCSIFADDR = 0x8916;
    private static final long SIOCSIFDSTADDR = 0x8918;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final int IFF_UP = 1;

    private final EventLoop loop = new EventLoop("test");
    private final GraphProcess process = new GraphProcess(loop, new Seed(1));

    @BeforeEach
    void rights() {
        assumeTrue(ProcessCalls.geteuid() == 0, "namespaces need root");
        assumeTrue(Files.exists(Path.of("/dev/net/tun")), "there is no tun device");
    }

    private static int newNamespace() throws IOException {
        return Namespace.onItsOwnThread(
                () -> {
                    ProcessCalls.unshare(ProcessCalls.CLONE_NEWNET);
                    return Libc.open("/proc/thread-self/ns/net", Libc.O_RDONLY);
                });
    }

    private static String path(int namespace) {
        return "/proc/" + ProcessCalls.getpid() + "/fd/" + namespace;
    }

    /** A struct ifreq with an IPv4 address, or with flags. */
    private static byte[] ifreq(byte[] rest) {
        return ByteBuffer.allocate(40)
                .put("h0".getBytes(StandardCharsets.US_ASCII))
                .put(16, rest)
                .array();
    }

    private static int socket(String namespace) throws IOException {
        return Namespace.within(namespace, () -> Libc.socket(Sockaddr.AF_INET, Libc.SOCK_DGRAM, 0));
    }

    private static byte[] short2(int value) {
        return ByteBuffer.allocate(2)
                .order(ByteOrder.nativeOrder())
                .putShort((short) value)
                .array();
    }

    private Graph start(String namespace) throws Exception {
        return start(namespace, "tun");
    }

    private Graph start(String namespace, String type) throws Exception {
        return loop.call(
                () ->
                        process.start(
                                "n",
                                "t.click",
                                "in :: Inject -> h :: Host(DEVICE h0, TYPE %s, NETNS %s) -> out :: Collect;"
                                        .formatted(type, namespace)));
    }

    private String await1(Graph graph, Predicate<String> wanted) throws Exception {
        Collect out = Objects.requireNonNull(graph.find("out", Collect.class));
        await().until(
                        () ->
                                loop.call(
                                        () ->
                                                out.seen().stream()
                                                        .anyMatch(s -> wanted.test(s.hex()))));
        return loop.call(
                () ->
                        out.seen().stream()
                                .map(Collect.Seen::hex)
                                .filter(wanted)
                                .findFirst()
                                .orElseThrow());
    }

    private void end() throws Exception {
        loop.run(process::close);
        assertThat(loop.<Long, RuntimeException>call(loop.packets()::inUse)).isZero();
        loop.close();
    }

    @Test
    void carriesPacketsOfTheNamespaceBothWays() throws Exception {
        int namespace = newNamespace();
        Graph graph = start(path(namespace));
        int socket = socket(path(namespace));
        Ipv4Address own = Ipv4Address.parse("10.77.0.1");
        Ipv4Address peer = Ipv4Address.parse("10.77.0.2");
        Libc.ioctl(socket, "SIOCSIFADDR", SIOCSIFADDR, ifreq(Sockaddr.ip(own, 0)));
        Libc.ioctl(socket, "SIOCSIFDSTADDR", SIOCSIFDSTADDR, ifreq(Sockaddr.ip(peer, 0)));
        Libc.ioctl(socket, "SIOCSIFFLAGS", SIOCSIFFLAGS, ifreq(short2(IFF_UP)));
        Libc.bind(socket, Sockaddr.ip(own, 5678));

        Libc.sendto(socket, new byte[] {7}, 0, Sockaddr.ip(peer, 1234));
        String sent = await1(graph, hex -> hex.startsWith("45"));
        assertThat(sent).contains(Packets.address("10.77.0.1") + Packets.address("10.77.0.2"));
        assertThat(sent).contains("162e04d20009").endsWith("07");

        // UDP to the bound port, without a checksum.
        String answer = Packets.ipv4("10.77.0.2", "10.77.0.1", 60, 17, "04d2162e0009000008");
        loop.run(
                () -> {
                    Inject in = Objects.requireNonNull(graph.find("in", Inject.class));
                    in.inject(in.packet(answer));
                });
        byte[] into = new byte[10];
        assertThat(Libc.recv(socket, into, 0)).isEqualTo(1);
        assertThat(into[0]).isEqualTo((byte) 8);
        Libc.close(socket);
        Libc.close(namespace);
        end();
    }

    /** The kernel asks who has the peer, is told, and sends; the frame is longer than the MTU. */
    @Test
    void aTapCarriesFrames() throws Exception {
        int namespace = newNamespace();
        Graph graph = start(path(namespace), "tap");
        int socket = socket(path(namespace));
        Ipv4Address own = Ipv4Address.parse("10.77.0.1");
        Libc.ioctl(socket, "SIOCSIFADDR", SIOCSIFADDR, ifreq(Sockaddr.ip(own, 0)));
        Libc.ioctl(socket, "SIOCSIFFLAGS", SIOCSIFFLAGS, ifreq(short2(IFF_UP)));
        Libc.sendto(socket, new byte[1472], 0, Sockaddr.ip(Ipv4Address.parse("10.77.0.2"), 1234));
        String question = await1(graph, hex -> hex.startsWith("0806", 24));
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
        loop.run(
                () -> {
                    Inject in = Objects.requireNonNull(graph.find("in", Inject.class));
                    in.inject(in.packet(reply));
                });
        assertThat(await1(graph, hex -> hex.startsWith(peer + mac + "0800"))).hasSize(2 * 1514);
        Libc.close(socket);
        Libc.close(namespace);
        end();
    }

    @Test
    void aDeviceThatIsDownDropsAndASecondOwnerIsRefused() throws Exception {
        int namespace = newNamespace();
        Graph graph = start(path(namespace));
        loop.run(
                () -> {
                    Inject in = Objects.requireNonNull(graph.find("in", Inject.class));
                    in.inject(in.packet(Packets.UDP));
                });
        assertThat(loop.<String, RuntimeException>call(() -> graph.ledger().text()))
                .contains("drop h hostDown 1");
        assertThatThrownBy(
                        () ->
                                loop.call(
                                        () ->
                                                process.start(
                                                        "m",
                                                        "t.click",
                                                        "Idle -> h :: Host(DEVICE h0, NETNS "
                                                                + path(namespace)
                                                                + ") -> Idle;")))
                .hasMessageStartingWith("t.click:1: 'h :: Host': ")
                .hasMessageEndingWith("(EBUSY)");
        Libc.close(namespace);
        end();
    }

    @Test
    void aNamespaceThatIsNotThereIsTold() throws Exception {
        assertThatThrownBy(() -> start("/run/netns/no-such-namespace"))
                .hasMessageContaining("/run/netns/no-such-namespace");
        assertThatThrownBy(
                        () ->
                                loop.call(
                                        () ->
                                                process.start(
                                                        "n",
                                                        "t.click",
                                                        "Idle -> h :: Host(MTU 9) -> Idle;")))
                .hasMessage("t.click:1: 'h :: Host': MTU 9 is outside 68-65535");
        assertThatThrownBy(() -> start("/run/netns/none", "tub"))
                .hasMessageEndingWith("TYPE: 'tub' is neither tun nor tap");
        end();
    }
}
