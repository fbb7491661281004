package vini.overlay.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import vini.forwarder.host.BuiltinStack;
import vini.forwarder.host.UdpEndpoint;
import vini.forwarder.host.app.HostApps;
import vini.forwarder.io.EventLoop;
import vini.forwarder.io.PacketCalls;
import vini.forwarder.io.TunDevice;
import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;
import vini.net.wire.TcpHeader;
import vini.time.Seed;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The kernel's sockets under the same apps, against themselves and against the builtin stack. */
class KernelStackSystemTest {
    private static final Ipv4Address NODE = Ipv4Address.parse("10.77.0.1");
    private static final Ipv4Address FAR = Ipv4Address.parse("10.77.0.2");
    private static final long DELAY_NANOS = 10_000_000;

    private final EventLoop loop = new EventLoop("kernel-test");
    private final Arena arena = Arena.ofShared();
    private final List<Integer> windows = new ArrayList<>();
    private KernelNamespace namespace;
    private TunDevice tun;
    private Runnable watch = () -> {};
    private KernelStack kernel;
    private HostApps apps;
    private HostApps farApps;
    private boolean over;

    @BeforeEach
    void make() throws Exception {
        Possibility kernelHosts = Capabilities.kernelHosts();
        assumeTrue(kernelHosts.possible(), kernelHosts.sentence());
        namespace = KernelNamespace.create(List.of(NODE), 1500);
        tun = TunDevice.attach(namespace.path(), KernelNamespace.DEVICE, TunDevice.Offload.NONE);
        MemorySegment room = arena.allocate(65536);
        BuiltinStack far =
                new BuiltinStack(loop, new Seed(1).generator("far"), List.of(FAR), this::send);
        farApps = new HostApps(far);
        kernel = new KernelStack(loop, namespace.path(), NODE);
        apps = new HostApps(kernel);
        loop.run(() -> watch = loop.watch(tun.fd(), () -> read(room, far)));
    }

    private void send(ByteBuf packet) {
        if (over) {
            packet.release(); // the loop ends before it would arrive
        } else {
            loop.schedule(DELAY_NANOS, () -> write(packet));
        }
    }

    private void write(ByteBuf packet) {
        PacketCalls.write(
                tun.fd(), packet.memoryAddress() + packet.readerIndex(), packet.readableBytes());
        packet.release();
    }

    private void read(MemorySegment room, BuiltinStack far) {
        long length = PacketCalls.read(tun.fd(), room.address(), room.byteSize());
        if (length <= 0) {
            return;
        }
        ByteBuf packet = Unpooled.buffer().writeBytes(room.asSlice(0, length).asByteBuffer());
        int flags = packet.getByte(Ipv4Header.BYTES + TcpHeader.FLAGS_AT);
        if (packet.getByte(Ipv4Header.PROTOCOL_AT) == Ipv4Header.TCP
                && (flags & TcpHeader.SYN) == 0) {
            windows.add(packet.getUnsignedShort(Ipv4Header.BYTES + TcpHeader.WINDOW_AT));
        }
        loop.schedule(DELAY_NANOS, () -> far.input(packet));
    }

    @AfterEach
    void end() throws Exception {
        if (tun != null) {
            loop.run(
                    () -> {
                        over = true;
                        apps.close();
                        farApps.close();
                        watch.run();
                    });
            tun.close();
            namespace.close();
        }
        loop.close();
        arena.close();
    }

    private String start(HostApps where, String kind, String arguments) throws Exception {
        return loop.call(() -> where.start(kind, arguments));
    }

    private String log(HostApps where, String id) throws Exception {
        return loop.call(() -> String.join("\n", where.records(id).lines(0)));
    }

    private void awaitLog(HostApps where, String id, String text) {
        await().atMost(30, TimeUnit.SECONDS)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> log(where, id).contains(text));
    }

    @Test
    void sendsAndReceivesOverItsOwnLoopback() throws Exception {
        start(apps, "receive", "PORT 5001, CHECK true");
        start(apps, "send", "DST " + NODE + ", FOR 300ms");
        awaitLog(apps, "send-2", "bytes acknowledged");
        awaitLog(apps, "receive-1", "closed");
        String sent = log(apps, "send-2");
        String bytes = sent.replaceFirst("(?s).*finishing after (\\d+) bytes.*", "$1");
        assertThat(Long.parseLong(bytes)).isGreaterThan(1_000_000);
        assertThat(sent).contains("closed, " + bytes + " of " + bytes);
        assertThat(log(apps, "receive-1"))
                .contains("peer closed after " + bytes + " bytes")
                .doesNotContain("corrupt");
    }

    @Test
    void advertisesExactlyTheWindow() throws Exception {
        start(apps, "receive", "PORT 5001, WINDOW 28KB, CHECK true");
        start(farApps, "send", "DST " + NODE + ", FOR 3s");
        awaitLog(apps, "receive-1", "peer closed");
        assertThat(log(apps, "receive-1")).doesNotContain("corrupt");
        List<Integer> seen = loop.call(() -> List.copyOf(windows));
        List<Integer> steady = seen.subList(seen.size() / 3, seen.size() - 5);
        assertThat(steady).hasSizeGreaterThan(100);
        int scale = 28 * 1024 / steady.getFirst();
        assertThat(steady).allMatch(window -> window * scale == 28 * 1024);
    }

    @Test
    void meetsTheBuiltinWindowAsASender() throws Exception {
        start(farApps, "receive", "PORT 5001, WINDOW 16KB, CHECK true");
        start(apps, "send", "DST " + FAR + ", FOR 2s");
        awaitLog(apps, "send-1", "bytes acknowledged");
        awaitLog(farApps, "receive-1", "closed");
        String log = log(farApps, "receive-1");
        assertThat(log).doesNotContain("corrupt");
        long bytes = Long.parseLong(log.replaceFirst("(?s).*peer closed after (\\d+) .*", "$1"));
        // After FOR the buffers drain at the same pace of one window per 20 ms and a little.
        assertThat(bytes).isGreaterThan(16_384L * 60);
    }

    @Test
    void pings() throws Exception {
        String id = start(apps, "ping", "DST " + FAR + ", EVERY 20ms, FOR 190ms");
        awaitLog(apps, id, "reply 9 ");
        assertThat(log(apps, id)).contains("sent 9 ").containsPattern("reply 9 \\d+ 64");
        assertThat(log(apps, id)).doesNotContain("\nduplicate");
    }

    @Test
    void isRefused() throws Exception {
        start(apps, "send", "DST " + FAR + ", PORT 9");
        awaitLog(apps, "send-1", "refused");
        start(farApps, "send", "DST " + NODE + ", PORT 9");
        awaitLog(farApps, "send-1", "refused");
    }

    @Test
    void hearsAReset() throws Exception {
        start(farApps, "receive", "");
        start(apps, "send", "DST " + FAR);
        awaitLog(apps, "send-1", "connected");
        loop.run(() -> farApps.stop("receive-1"));
        awaitLog(apps, "send-1", "reset by peer");
    }

    @Test
    void stopsWhileItConnects() throws Exception {
        start(apps, "send", "DST 10.77.0.99");
        awaitLog(apps, "send-1", "connecting");
        loop.run(() -> apps.stop("send-1"));
        awaitLog(apps, "send-1", "aborted");
    }

    @Test
    void sendsDatagramsBothWays() throws Exception {
        List<String> heard = new ArrayList<>();
        UdpEndpoint[] ends = new UdpEndpoint[2];
        loop.call(
                () -> {
                    ends[0] =
                            kernel.openUdp(
                                    7,
                                    (from, port, data) ->
                                            heard.add(
                                                    "kernel "
                                                            + data.toString(
                                                                    StandardCharsets.US_ASCII)));
                    ends[1] = kernel.openUdp(0, (from, port, data) -> {});
                    ends[1].send(NODE, 7, Unpooled.copiedBuffer("hi", StandardCharsets.US_ASCII));
                    return true;
                });
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> loop.call(() -> heard.contains("kernel hi")));
        assertThatThrownBy(() -> loop.call(() -> kernel.openUdp(7, (from, port, data) -> {})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("EADDRINUSE");
        loop.run(
                () -> {
                    ends[0].close();
                    ends[1].close();
                });
    }

    @Test
    void datagramsThatAreSentTogetherArriveOneByOne() throws Exception {
        int length = 1430;
        int count = 150;
        List<String> heard = new ArrayList<>();
        UdpEndpoint[] ends = new UdpEndpoint[2];
        loop.call(
                () -> {
                    ends[0] =
                            kernel.openUdp(
                                    7,
                                    (from, port, data) ->
                                            heard.add(
                                                    data.getInt(data.readerIndex())
                                                            + " "
                                                            + data.readableBytes()));
                    ends[1] = kernel.openUdp(0, (from, port, data) -> {});
                    ByteBuf all = Unpooled.buffer();
                    for (int i = 0; i < count; i++) {
                        all.writeInt(i).writeZero(length - Integer.BYTES);
                    }
                    all.writeInt(count).writeZero(60);
                    ends[1].sendAll(NODE, 7, all, length);
                    return true;
                });
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> loop.call(() -> heard.size() == count + 1));
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            wanted.add(i + " " + length);
        }
        wanted.add(count + " 64");
        assertThat(heard).isEqualTo(wanted);
        loop.run(
                () -> {
                    ends[0].close();
                    ends[1].close();
                });
    }
}
