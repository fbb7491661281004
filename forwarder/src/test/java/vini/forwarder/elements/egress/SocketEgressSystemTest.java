package vini.forwarder.elements.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import vini.forwarder.Graph;
import vini.forwarder.elements.host.BuiltinHost;
import vini.forwarder.host.TcpConnection;
import vini.forwarder.host.TcpEnd;
import vini.forwarder.host.TcpHandler;
import vini.forwarder.host.TcpSettings;
import vini.forwarder.host.UdpEndpoint;
import vini.forwarder.kit.LiveGraph;
import vini.net.Ipv4Address;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A builtin host as user and programs of this machine as the outside: all of it needs no rights at
 * all, so that it is what a user of a machine without any can have.
 */
@Timeout(60)
class SocketEgressSystemTest implements TcpHandler {
    private static final Ipv4Address HERE = Ipv4Address.parse("127.0.0.1");
    private static final String TEXT =
            """
            user :: BuiltinHost(10.77.0.1);
            out :: SocketEgress(10.77.0.9, INSIDE 10.77.0.0/16);
            user -> MarkIPHeader -> out -> user;
            """;

    private static final int BYTES = 5_000_000;

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // set by start
    private LiveGraph live;

    @SuppressWarnings("NullAway.Init") // set by start
    private Graph graph;

    @SuppressWarnings("NullAway.Init") // set by start
    private BuiltinHost user;

    private final AtomicInteger got = new AtomicInteger();
    private volatile boolean wrong;
    private int toWrite;

    @BeforeEach
    void start() throws Exception {
        live = new LiveGraph();
        graph = live.start("n", TEXT);
        user = Objects.requireNonNull(graph.find("user", BuiltinHost.class));
    }

    @AfterEach
    void end() {
        live.close();
    }

    private void call(int port) throws Exception {
        TcpConnection _ =
                live.still(() -> user.stack().connect(HERE, port, this, TcpSettings.DEFAULT));
    }

    @Override
    public void connected(TcpConnection connection) {
        heard.add("connected");
        writable(connection);
    }

    @Override
    public void writable(TcpConnection connection) {
        while (toWrite > 0) {
            byte[] piece = new byte[Math.min(toWrite, 10_000)];
            for (int i = 0; i < piece.length; i++) {
                piece[i] = (byte) ((BYTES - toWrite + i) % 251);
            }
            int taken = connection.write(Unpooled.wrappedBuffer(piece));
            toWrite -= taken;
            if (taken < piece.length) {
                return;
            }
        }
        connection.shutdown();
    }

    @Override
    public void received(TcpConnection connection, ByteBuf data) {
        while (data.isReadable()) {
            byte wanted = (byte) (got.getAndIncrement() % 251);
            if (data.readByte() != wanted) {
                wrong = true;
            }
        }
    }

    @Override
    public void closed(TcpConnection connection, TcpEnd end) {
        heard.add(end.toString());
    }

    @Test
    void allBytesGoThereAndBackAndBothEndsClose() throws Exception {
        toWrite = BYTES;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread echo =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try (Socket socket = server.accept()) {
                                            byte[] all = socket.getInputStream().readAllBytes();
                                            socket.getOutputStream().write(all);
                                        } catch (java.io.IOException e) {
                                            heard.add(e.toString());
                                        }
                                    });
            call(server.getLocalPort());
            await().until(() -> heard.size() == 2);
            echo.join();
        }
        assertThat(heard).containsExactly("connected", "closed");
        assertThat(got).hasValue(BYTES);
        assertThat(wrong).isFalse();
        await().until(() -> live.read("out.nsessions").strip().equals("0"));
    }

    @Test
    void aPortThatNobodyHasIsRefused() throws Exception {
        int port;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = nobody.getLocalPort();
        }
        call(port);
        await().until(() -> heard.size() == 1);
        assertThat(heard).containsExactly("refused");
    }

    @Test
    void datagramsGoThereAndBack() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            int port = server.getLocalPort();
            UdpEndpoint endpoint =
                    live.still(
                            () ->
                                    user.stack()
                                            .openUdp(
                                                    0,
                                                    (from, fromPort, payload) ->
                                                            heard.add(
                                                                    from
                                                                            + " "
                                                                            + (fromPort == port)
                                                                            + " "
                                                                            + payload
                                                                                    .readableBytes())));
            live.still(
                    () -> {
                        endpoint.send(HERE, port, Unpooled.wrappedBuffer(new byte[1200]));
                        return true;
                    });
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            server.receive(packet);
            assertThat(packet.getLength()).isEqualTo(1200);
            server.send(new DatagramPacket(new byte[77], 77, packet.getSocketAddress()));
            await().until(() -> heard.size() == 1);
            assertThat(heard).containsExactly("127.0.0.1 true 77");
        }
    }

    @Test
    void aGraphThatIsReplacedKeepsItsConnections() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            toWrite = 1;
            call(server.getLocalPort());
            try (Socket socket = server.accept()) {
                await().until(() -> heard.size() == 1);
                graph = live.swap("n", TEXT + "// again");
                socket.getOutputStream().write(0);
                await().until(() -> got.get() == 1);
            }
            await().until(() -> heard.size() == 2);
            assertThat(heard).containsExactly("connected", "closed");
        }
    }
}
