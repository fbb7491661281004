package vini.forwarder.elements.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.ConfigException;
import vini.forwarder.Graph;
import vini.forwarder.io.Libc;
import vini.forwarder.io.NetworkDevice;
import vini.forwarder.io.Sockaddr;
import vini.forwarder.kit.LiveGraph;
import vini.forwarder.kit.TestNamespace;
import vini.net.Ipv4Address;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/** Graphs with sockets and devices that are replaced while they are in use. */
@Timeout(60)
class HotSwapSystemTest {
    @TempDir private Path folder = Path.of("");

    private String server(String kind, String port) {
        return kind.startsWith("UNIX")
                ? kind + ", " + folder.resolve("s")
                : kind + ", 127.0.0.1, " + port;
    }

    private String client(String kind, LiveGraph live) throws Exception {
        String own = kind.equals("UNIX_DGRAM") ? ", " + folder.resolve("c") : "";
        return server(kind, live.read("s.port")) + own + ", CLIENT true";
    }

    @ParameterizedTest
    @ValueSource(strings = {"TCP", "UDP", "UNIX", "UNIX_DGRAM"})
    void whoIsConnectedStaysSo(String kind) throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            String text = "in :: Inject -> s :: Socket(%s, VERBOSE true%s) -> %s out :: Collect;";
            String server = server(kind, "0");
            Graph old = live.start("n", text.formatted(server, "", ""));
            String port = live.read("s.port");
            String client = client(kind, live);
            Graph there = live.start("c", text.formatted(client, "", ""));
            live.push(there, "in", "01");
            live.await1(old, "out", "01"::equals);
            long told = live.chatter.size();

            Graph graph = live.swap("n", text.formatted(server, ", SNAPLEN 1", "Counter -> "));
            assertThat(live.read("s.port")).isEqualTo(port);
            assertThat(live.read("s.count")).isEqualTo("1");
            live.push(graph, "in", "02");
            live.await1(there, "out", "02"::equals);
            live.push(there, "in", "0304");
            live.await1(graph, "out", "03"::equals);

            there = live.swap("c", text.formatted(client, ", RCVBUF 100000", ""));
            live.push(there, "in", "05");
            live.await1(graph, "out", "05"::equals);
            assertThat(live.chatter).as("nobody has gone").hasSize((int) told);
        }
    }

    @Test
    void whatIsInTheSocketBufferComesOutBehind() throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            String text = "s :: Socket(UDP, 127.0.0.1, 0) -> out :: Collect;";
            live.start("n", text);
            int port = Integer.parseInt(live.read("s.port"));
            int socket = Libc.socket(Sockaddr.AF_INET, Libc.SOCK_DGRAM, 0);
            byte[] to = Sockaddr.ip(Ipv4Address.parse("127.0.0.1"), port);
            Graph graph =
                    live.still(
                            () -> {
                                for (byte i = 0; i < 100; i++) {
                                    Libc.sendto(socket, new byte[] {i}, 0, to);
                                }
                                return live.swap("n", text);
                            });
            await().until(() -> live.out(graph, "out").size() == 100);
            Libc.close(socket);
        }
    }

    @Test
    void bytesThatWaitForAConnectionAreWrittenByTheNextGraph() throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            String text =
                    "in :: Inject -> q :: Queue(1000) -> s :: Socket(TCP, 127.0.0.1, 0, SNDBUF"
                            + " 5000) -> Discard;";
            Graph old = live.start("n", text);
            int port = Integer.parseInt(live.read("s.port"));
            ByteArrayOutputStream wanted = new ByteArrayOutputStream();
            try (Socket peer = new Socket()) {
                peer.setReceiveBufferSize(2000);
                peer.connect(
                        new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                peer.getOutputStream().write(1);
                await().until(() -> live.read("s.count").equals("1"));
                for (int i = 0; i < 200; i++) {
                    String hex = "%02x".formatted(i).repeat(5000);
                    wanted.write(new byte[0]);
                    byte[] bytes = new byte[5000];
                    java.util.Arrays.fill(bytes, (byte) i);
                    wanted.write(bytes);
                    live.push(old, "in", hex);
                }
                assertThat(live.read("q.length")).isNotEqualTo("0");
                live.swap("n", text);
                InputStream in = peer.getInputStream();
                byte[] first = in.readNBytes(100_000);
                live.swap("n", text);
                byte[] rest = in.readNBytes(900_000);
                byte[] all = new byte[1_000_000];
                System.arraycopy(first, 0, all, 0, 100_000);
                System.arraycopy(rest, 0, all, 100_000, 900_000);
                assertThat(all).isEqualTo(wanted.toByteArray());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Idle -> Wrong;", "Socket(TCP, 127.0.0.1, %s) -> Discard;"})
    void aGraphThatCannotStartLeavesTheSocketsOfTheOldOne(String wrong) throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            String text = "in :: Inject -> s :: Socket(TCP, 127.0.0.1, %s) -> out :: Collect;";
            Graph graph = live.start("n", text.formatted("0"));
            int port = Integer.parseInt(live.read("s.port"));
            try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port)) {
                peer.getOutputStream().write(1);
                live.await1(graph, "out", "01"::equals);
                assertThatThrownBy(
                                () ->
                                        live.swap(
                                                "n",
                                                text.formatted("0") + wrong.formatted("" + port)))
                        .isInstanceOf(ConfigException.class);
                peer.getOutputStream().write(2);
                live.await1(graph, "out", "02"::equals);
                live.push(graph, "in", "07");
                assertThat(peer.getInputStream().read()).isEqualTo(7);
            }
        }
    }

    @Test
    void whoIsToBeElsewhereOpensAnew() throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            String text = "s :: Socket(TCP, 127.0.0.%s, 0) -> out :: Collect;";
            Graph old = live.start("n", text.formatted("1"));
            int port = Integer.parseInt(live.read("s.port"));
            try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port)) {
                // One that waits to be accepted is reset instead.
                peer.getOutputStream().write(1);
                live.await1(old, "out", "01"::equals);
                Graph graph = live.swap("n", text.formatted("2"));
                assertThat(peer.getInputStream().read()).as("the old one is closed").isEqualTo(-1);
                int next = Integer.parseInt(live.read("s.port"));
                try (Socket other = new Socket("127.0.0.2", next)) {
                    other.getOutputStream().write(5);
                    live.await1(graph, "out", "05"::equals);
                }
            }
        }
    }

    @Test
    void tunnelsKeepTheirSockets() throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            String here = "127.77.9.1:47011";
            String there = "127.77.9.2:47012";
            String text = "in :: Inject -> t :: UdpTunnel(%s, %s%s) -> out :: Collect;";
            Graph one = live.start("n", text.formatted(here, there, ""));
            live.start("c", text.formatted(there, here, ""));
            Graph other =
                    live.still(
                            () -> {
                                live.push(one, "in", "01", "02");
                                return live.swap("c", text.formatted(there, here, ", MTU 900"));
                            });
            live.await1(other, "out", "02"::equals);
            assertThat(live.out(other, "out")).containsExactly("01", "02");
            live.push(other, "in", "03");
            live.await1(one, "out", "03"::equals);
        }
    }

    @Test
    void aDeviceStaysAsItIs() throws Exception {
        try (TestNamespace namespace = new TestNamespace();
                LiveGraph live = new LiveGraph()) {
            String where = namespace.path();
            String text =
                    "in :: Inject -> t :: KernelTun(10.9.0.1/24, DEVNAME vt8, MTU %s, NETNS "
                            + where
                            + ") -> out :: Collect; h :: Host(DEVICE vh8, NETNS "
                            + where
                            + ") -> Discard; Idle -> h; f :: FromDevice(vt8, OUTBOUND true, NETNS "
                            + where
                            + ") -> seen :: Collect; Idle -> ToDevice(vt8, NETNS "
                            + where
                            + "); RawSocket(UDP, 7, NETNS "
                            + where
                            + ") -> Discard;";
            live.start("n", text.formatted(1500));
            NetworkDevice device = new NetworkDevice(where, "vt8");
            int index = device.index();
            int hostIndex = new NetworkDevice(where, "vh8").index();
            int socket = namespace.udpSocket();
            byte[] to = Sockaddr.ip(Ipv4Address.parse("10.9.0.7"), 9);
            for (String mtu : List.of("1500", "1200")) {
                Graph graph =
                        live.still(
                                () -> {
                                    Libc.sendto(socket, new byte[] {0x5a}, 0, to);
                                    return live.swap("n", text.formatted(mtu));
                                });
                live.await1(graph, "out", hex -> hex.endsWith("5a"));
                live.await1(graph, "seen", hex -> hex.endsWith("5a"));
                assertThat(device.index()).isEqualTo(index);
                assertThat(new NetworkDevice(where, "vh8").index()).isEqualTo(hostIndex);
                assertThat(live.read("t.dev_name")).isEqualTo("vt8");
            }
            // What does not fit into the new MTU comes in pieces.
            Graph last = live.swap("n", text.formatted(1200));
            int before = live.out(last, "out").size();
            Libc.sendto(socket, new byte[1300], 0, to);
            await().until(() -> live.out(last, "out").size() == before + 2);
            // Another address of the same device.
            Graph moved = live.swap("n", text.formatted(1200).replace("10.9.0.1/", "10.8.0.1/"));
            int other = namespace.udpSocket();
            byte[] next = Sockaddr.ip(Ipv4Address.parse("10.8.0.7"), 9);
            Libc.sendto(other, new byte[] {0x6b}, 0, next);
            live.await1(moved, "out", hex -> hex.contains("0a0800010a080007"));
            assertThat(device.index()).isEqualTo(index);
        }
    }
}
