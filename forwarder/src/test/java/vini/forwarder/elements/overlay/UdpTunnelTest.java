package vini.forwarder.elements.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;
import vini.forwarder.Graph;
import vini.forwarder.GraphProcess;
import vini.forwarder.Packet;
import vini.forwarder.io.EventLoop;
import vini.forwarder.io.Libc;
import vini.forwarder.io.Sockaddr;
import vini.forwarder.kit.Collect;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Inject;
import vini.forwarder.kit.Packets;
import vini.net.Ipv4Address;
import vini.time.Seed;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Over real sockets on the loopback interface. */
class UdpTunnelTest {
    private static final String HERE = "127.77.250.1";

    private final EventLoop loop = new EventLoop("test");
    private final GraphProcess process = new GraphProcess(loop, new Seed(1));
    private final List<Integer> ports = freePorts();

    /** Two that nobody has now. */
    private static List<Integer> freePorts() {
        try (DatagramSocket one = new DatagramSocket(new InetSocketAddress(HERE, 0));
                DatagramSocket two = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
            return List.of(one.getLocalPort(), two.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void endAll() throws Exception {
        loop.run(process::close);
        assertThat(loop.<Long, RuntimeException>call(loop.packets()::inUse))
                .as("packets that leaked")
                .isZero();
        assertThat(loop.<Long, RuntimeException>call(loop.packets()::batchesInUse)).isZero();
        loop.close();
    }

    private Graph start(String name, String text) throws Exception {
        return loop.call(() -> process.start(name, "t.click", text));
    }

    private String tunnel(int from, int to, String more) {
        return "in :: Inject -> t :: UdpTunnel(%s:%d, %s:%d%s) -> out :: Collect;"
                .formatted(HERE, ports.get(from), HERE, ports.get(to), more);
    }

    private void push(Graph graph, String... hex) {
        loop.run(
                () -> {
                    Inject in = Objects.requireNonNull(graph.find("in", Inject.class));
                    in.inject(Stream.of(hex).map(in::packet).toArray(Packet[]::new));
                });
    }

    private List<String> out(Graph graph) throws Exception {
        Collect out = Objects.requireNonNull(graph.find("out", Collect.class));
        return loop.call(() -> out.seen().stream().map(Collect.Seen::hex).toList());
    }

    private String books(Graph graph) throws Exception {
        return loop.call(() -> graph.ledger().text());
    }

    @Test
    void carriesPacketsBothWaysInOrder() throws Exception {
        Graph a = start("a", tunnel(0, 1, ""));
        Graph b = start("b", tunnel(1, 0, ""));
        String[] many = IntStream.range(0, 300).mapToObj("%04x"::formatted).toArray(String[]::new);
        push(a, many);
        push(b, "ff");
        await().until(() -> out(b).size() == 300 && out(a).size() == 1);
        assertThat(out(b)).containsExactly(many);
        assertThat(out(a)).containsExactly("ff");
        assertThat(books(a)).startsWith("sent 300\ndelivered 1\ntunnelled 300\nuntunnelled 1\n");
    }

    @Test
    void saysWhetherManyGoByOneCall() throws Exception {
        Graph a = start("a", tunnel(0, 1, ""));
        Graph b = start("b", tunnel(1, 0, ", OFFLOAD false"));
        assertThat(loop.call(() -> a.read("t", "offload", ""))).isEqualTo("true");
        assertThat(loop.call(() -> b.read("t", "offload", ""))).isEqualTo("false");
    }

    @Test
    void carriesTheLongestPacketAndDropsALongerOne() throws Exception {
        Graph a = start("a", tunnel(0, 1, ", MTU 9000"));
        Graph b = start("b", tunnel(1, 0, ", MTU 2000"));
        push(a, "ab".repeat(2000), "cd".repeat(2001), "ef".repeat(9001), "01");
        await().until(() -> out(b).size() == 2);
        assertThat(out(b)).containsExactly("ab".repeat(2000), "01");
        assertThat(books(a)).contains("drop t tunnelTooLong 1", "tunnelled 3");
        assertThat(books(b)).contains("drop t tunnelTooLong 1", "untunnelled 3");
    }

    private static final String WHOLE = Packets.datagram("10.0.0.1", "10.0.0.2", 7, 9, "c0ffee");

    private static final String PARTIAL =
            Packets.partialDatagram("10.0.0.1", "10.0.0.2", 7, 9, "c0ffee");

    private void pushPartial(Graph graph, String hex) {
        loop.run(
                () -> {
                    Inject in = Objects.requireNonNull(graph.find("in", Inject.class));
                    in.inject(in.partial(hex));
                });
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void leavesChecksumsPartialIfBothEndsSaySo(boolean offload, boolean partial) throws Exception {
        String more = ", OFFLOAD " + offload + ", PARTIAL " + partial;
        Graph a = start("a", tunnel(0, 1, more));
        try (DatagramSocket wire = new DatagramSocket(new InetSocketAddress(HERE, ports.get(1)))) {
            String marked = "c" + PARTIAL.substring(1);
            pushPartial(a, PARTIAL);
            assertThat(next(wire)).isEqualTo(partial ? marked : WHOLE);
            push(a, WHOLE);
            assertThat(next(wire)).isEqualTo(WHOLE);
        }
        Graph b = start("b", tunnel(1, 0, more));
        pushPartial(a, PARTIAL);
        push(a, WHOLE);
        await().until(() -> out(b).size() == 2);
        assertThat(out(b)).as("Collect gets no partial packets").containsExactly(WHOLE, WHOLE);
    }

    private static String next(DatagramSocket socket) throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[100], 100);
        socket.setSoTimeout(10_000);
        socket.receive(datagram);
        return HexFormat.of().formatHex(datagram.getData(), 0, datagram.getLength());
    }

    @Test
    void whatIsNoIpCouldBeTakenForAMarkedPacket() throws Exception {
        Graph a = start("a", tunnel(0, 1, ", PARTIAL true"));
        Graph b = start("b", tunnel(1, 0, ", PARTIAL true"));
        push(a, "c5" + WHOLE.substring(2), WHOLE, "");
        await().until(() -> out(b).size() == 1);
        assertThat(out(b)).containsExactly(WHOLE);
        assertThat(books(a)).contains("drop t tunnelNotIp 1");
    }

    @Test
    void countsWhatNobodyTakes() throws Exception {
        Graph a = start("a", tunnel(0, 1, ""));
        for (int i = 0; i < 3; i++) {
            push(a, "01");
        }
        await().until(() -> books(a).contains("tunnelRefused") || i(books(a)) == 3);
        assertThat(books(a)).contains("sent 3");
        // The peer comes later; the tunnel works then.
        Graph b = start("b", tunnel(1, 0, ""));
        await().until(
                        () -> {
                            push(a, "02");
                            return out(b).contains("02");
                        });
    }

    private static long i(String books) {
        return books.lines().filter(line -> line.equals("tunnelled 3")).count() * 3;
    }

    @Test
    void hearsNobodyButItsPeer() throws Exception {
        Graph a = start("a", tunnel(0, 1, ""));
        Graph b = start("b", tunnel(1, 0, ""));
        try (DatagramSocket stranger =
                new DatagramSocket(new InetSocketAddress("127.77.250.9", 0))) {
            stranger.connect(InetAddress.getByName(HERE), ports.get(1));
            stranger.send(new DatagramPacket(new byte[] {9}, 1));
        } catch (IOException e) {
            // The kernel may say at once that nobody listens to strangers.
        }
        push(a, "01");
        await().until(() -> !out(b).isEmpty());
        assertThat(out(b)).containsExactly("01");
    }

    @Test
    void anEmptyDatagramIsCounted() throws Exception {
        Graph b = start("b", tunnel(1, 0, ""));
        // The JDK sends no empty datagram on a connected socket.
        int peer = Libc.socket(Sockaddr.AF_INET, Libc.SOCK_DGRAM, 0);
        Libc.bind(peer, Sockaddr.ip(Ipv4Address.parse(HERE), ports.get(0)));
        Libc.connect(peer, Sockaddr.ip(Ipv4Address.parse(HERE), ports.get(1)));
        Libc.send(peer, new byte[0], 0);
        await().until(() -> books(b).contains("untunnelled 1"));
        Libc.close(peer);
        assertThat(out(b)).isEmpty();
    }

    private String state(Graph graph) throws Exception {
        return loop.call(() -> graph.read("t", "far_end", ""));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void watchedEndsHearEachOtherAndASilence(boolean offload) throws Exception {
        String more = ", WATCH 10ms, OFFLOAD " + offload;
        Graph a = start("a", tunnel(0, 1, more));
        await().until(() -> state(a).equals("silent"));
        Graph b = start("b", tunnel(1, 0, more));
        await().until(() -> state(a).equals("heard") && state(b).equals("heard"));
        push(a, "01");
        await().until(() -> out(b).contains("01"));
        assertThat(books(b)).isEqualTo("sent 0\ndelivered 1\ntunnelled 0\nuntunnelled 1\n");
        loop.run(b::close);
        await().until(() -> state(a).equals("silent"));
        assertThat(loop.call(() -> a.read("t", "heartbeats", ""))).matches("[1-9]\\d* [1-9]\\d*");
    }

    /** A flood of heartbeats is as one: none is answered, none goes further. */
    @Test
    void heartbeatsAreNotAnswered() throws Exception {
        Graph b = start("b", tunnel(1, 0, ", WATCH 1h"));
        int peer = Libc.socket(Sockaddr.AF_INET, Libc.SOCK_DGRAM, 0);
        Libc.bind(peer, Sockaddr.ip(Ipv4Address.parse(HERE), ports.get(0)));
        Libc.connect(peer, Sockaddr.ip(Ipv4Address.parse(HERE), ports.get(1)));
        for (int i = 0; i < 100; i++) {
            Libc.send(peer, new byte[0], 0);
        }
        await().until(() -> loop.call(() -> b.read("t", "heartbeats", "")).equals("0 100"));
        Libc.close(peer);
        assertThat(out(b)).isEmpty();
        assertThat(books(b)).isEqualTo("sent 0\ndelivered 0\ntunnelled 0\nuntunnelled 0\n");
    }

    @Test
    void aGraphThatFailsLeavesNoSocket() throws Exception {
        long before = descriptors();
        assertThatThrownBy(() -> start("a", tunnel(0, 1, "") + "Idle -> RouterPort(x) -> Discard;"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no Link is called 'x'");
        assertThat(descriptors()).isEqualTo(before);
        start("a", tunnel(0, 1, ""));
        assertThatThrownBy(() -> start("b", tunnel(0, 1, "")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("t.click:1: 't :: UdpTunnel': " + HERE + ":" + ports.get(0))
                .hasMessageEndingWith("(EADDRINUSE)");
        assertThat(descriptors()).isEqualTo(before + 1);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(
                            fd -> {
                                try {
                                    return Files.readSymbolicLink(fd)
                                            .toString()
                                            .startsWith("socket:");
                                } catch (IOException e) {
                                    return false;
                                }
                            })
                    .count();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "127.0.0.1; LOCAL: '127.0.0.1' is not an address and a port like 127.77.0.1:4001",
                "127.0.0.1:66000; LOCAL: '127.0.0.1:66000' is not an address and a port like"
                        + " 127.77.0.1:4001",
                "127.0.0.1:1; missing argument REMOTE",
                "127.0.0.1:1, 127.0.0.2:2, MTU 10; MTU 10 is outside 68-65507",
                "127.0.0.1:1, ::1:2; REMOTE: the addresses are of two families",
            })
    void refuses(String arguments, String message) {
        assertThatThrownBy(
                        () -> start("a", "Idle -> t :: UdpTunnel(" + arguments + ") -> Discard;"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("t.click:1: 't :: UdpTunnel': " + message);
    }

    @Test
    void theVirtualWorldHasNoSockets() {
        assertThatThrownBy(
                        () ->
                                GraphRun.of(
                                        "Idle -> t :: UdpTunnel(127.0.0.1:1, 127.0.0.1:2) ->"
                                                + " Idle;"))
                .hasMessage(
                        "t.click:1: 't :: UdpTunnel': it needs sockets, which the virtual world has"
                                + " not");
    }
}
