package vini.forwarder.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static vini.forwarder.kit.Packets.UDP;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import vini.forwarder.Graph;
import vini.forwarder.GraphProcess;
import vini.forwarder.kit.Collect;
import vini.forwarder.kit.Inject;
import vini.forwarder.punt.PuntExchange;
import vini.time.Seed;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;

/** A router process is played by a raw client. */
@Timeout(60)
class PuntServerTest {
    private static final String GRAPH =
            "in :: Inject -> Paint(1) -> router :: RouterPort(x, y);"
                    + "router[0] -> x :: Link -> a :: Collect; router[1] -> y :: Link -> Discard;";

    /** A frame of a packet: length, kind, name "n", link, UDP. */
    private static final String UP_0 = "000501016e0000";

    private static final String UP_1 = "000501016e0001";

    @TempDir Path folder;
    private final EventLoop loop = new EventLoop("test");
    private final GraphProcess process = new GraphProcess(loop, new Seed(1));
    private Path socket = Path.of("");

    @SuppressWarnings("NullAway.Init") // set by start
    private Graph graph;

    @SuppressWarnings("NullAway.Init")
    private PuntServer server;

    @BeforeEach
    void start() throws Exception {
        socket = folder.resolve("p.sock");
        graph = loop.call(() -> process.start("n", "t.click", GRAPH));
        PuntExchange exchange =
                loop.call(() -> process.shared().get(PuntExchange.class, PuntExchange::new));
        server = PuntServer.listen(loop, socket, exchange);
    }

    @AfterEach
    void end() throws Exception {
        server.close();
        loop.run(process::close);
        assertThat(loop.<Long, RuntimeException>call(loop.packets()::inUse)).isZero();
        loop.close();
    }

    private SocketChannel router() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return channel;
    }

    private static void send(SocketChannel router, String hex) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        while (bytes.hasRemaining()) {
            router.write(bytes);
        }
    }

    private static String receive(SocketChannel router, int bytes) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(bytes);
        int read;
        do {
            read = router.read(into);
        } while (read >= 0 && into.hasRemaining());
        return HexFormat.of().formatHex(into.array(), 0, into.position());
    }

    private static void expect(SocketChannel router, String hex) throws IOException {
        assertThat(receive(router, hex.length() / 2)).isEqualTo(hex);
    }

    private void push(int n) {
        loop.run(
                () -> {
                    Inject in = Objects.requireNonNull(graph.find("in", Inject.class));
                    for (int i = 0; i < n; i++) {
                        in.inject(in.packet(UDP));
                    }
                });
    }

    private long received() throws Exception {
        Collect a = Objects.requireNonNull(graph.find("a", Collect.class));
        return loop.call(() -> (long) a.seen().size());
    }

    private String books() throws Exception {
        return loop.call(() -> graph.ledger().text());
    }

    @Test
    void carriesPacketsAndCarriersBothWays() throws Exception {
        try (SocketChannel router = router()) {
            expect(router, UP_0 + UP_1);
            push(1);
            expect(router, "0021" + "00016e0001" + UDP);
            loop.call(
                    () -> {
                        graph.write("x", "state", "down");
                        return true;
                    });
            expect(router, "000502016e0000");
            loop.call(
                    () -> {
                        graph.write("x", "state", "up");
                        return true;
                    });
            expect(router, UP_0);
            String frame = "0021" + "00016e0000" + UDP;
            send(router, frame + frame.substring(0, 20));
            await().until(() -> received() == 1);
            send(router, frame.substring(20));
            await().until(() -> received() == 2);
        }
    }

    @Test
    void ignoresWhatItCannotUse() throws Exception {
        try (SocketChannel router = router()) {
            expect(router, UP_0 + UP_1);
            String short19 = "0018" + "00016e0000" + "00".repeat(19);
            String noSuchNode = "0021" + "00016d0000" + UDP;
            String noSuchLink = "0021" + "00016e0009" + UDP;
            send(router, short19 + noSuchNode + noSuchLink + UP_0 + "0021" + "00016e0000" + UDP);
            await().until(() -> received() == 1);
        }
    }

    @Test
    void whoSendsNoFramesIsCutOff() throws Exception {
        try (SocketChannel router = router()) {
            expect(router, UP_0 + UP_1);
            send(router, "0004" + "09000000");
            assertThat(receive(router, 1)).isEmpty();
        }
        await().until(
                        () -> {
                            push(1);
                            return books().contains("noRouter");
                        });
    }

    @Test
    void theNewestRouterIsTheRouter() throws Exception {
        try (SocketChannel old = router()) {
            expect(old, UP_0 + UP_1);
            try (SocketChannel next = router()) {
                expect(next, UP_0 + UP_1);
                old.shutdownOutput();
                push(1);
                expect(next, "0021" + "00016e0001" + UDP);
            }
        }
    }

    @Test
    void aRouterThatDoesNotReadIsBusyAndThePacketsAreDropped() throws Exception {
        try (SocketChannel router = router()) {
            expect(router, UP_0 + UP_1);
            await().until(
                            () -> {
                                push(500);
                                return books().contains("routerBusy");
                            });
            assertThat(books()).contains("delivered ");
        }
    }
}
