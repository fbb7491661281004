package vini.forwarder.host.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import vini.forwarder.host.BuiltinStack;
import vini.forwarder.host.HostCounter;
import vini.forwarder.host.app.HostApps;
import vini.forwarder.io.EventLoop;
import vini.forwarder.io.Namespace;
import vini.forwarder.io.PacketCalls;
import vini.forwarder.io.ProcessCalls;
import vini.forwarder.io.TunDevice;
import vini.net.Ipv4Address;
import vini.time.Seed;

import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Our TCP against Linux's with loss, delay and repetition between them: Linux must see our
 * selective acknowledgments and we its, and all that is sent must arrive.
 */
class LinuxTcpSystemTest {
    private static final Ipv4Address LINUX = Ipv4Address.parse("10.0.0.1");
    private static final Ipv4Address STACK = Ipv4Address.parse("10.0.0.2");
    private static final int BYTES = 8_000_000;
    private static final int PRIME = 251;
    private static final long DELAY_NANOS = 2_000_000;

    private final EventLoop loop = new EventLoop("linux-tcp-test");
    private final Arena arena = Arena.ofShared();
    private final RandomGenerator chance = new Seed(7).generator("loss");
    private String name = "";
    private String path = "";
    private TunDevice tun;
    private Runnable watch = () -> {};
    private BuiltinStack stack;
    private HostApps apps;
    private double loss = 0.01;
    private double repetition;
    private long lost;

    @BeforeEach
    void attach() throws Exception {
        assumeTrue(ProcessCalls.geteuid() == 0, "namespaces need root");
        assumeTrue(Files.exists(Path.of("/dev/net/tun")), "there is no tun device");
        assumeTrue(
                Files.exists(Path.of("/usr/sbin/ip")) || Files.exists(Path.of("/sbin/ip")),
                "no ip");
        name = "vini-linux-tcp-" + ProcessCalls.getpid();
        path = "/run/netns/" + name;
        ip("netns", "add", name);
        tun = TunDevice.attach(path, "tun0", TunDevice.Offload.NONE);
        ip("-n", name, "link", "set", "lo", "up");
        ip("-n", name, "addr", "add", LINUX + "/24", "dev", "tun0");
        ip("-n", name, "link", "set", "tun0", "up");
        MemorySegment room = arena.allocate(65536);
        stack = new BuiltinStack(loop, new Seed(1).generator("host"), List.of(STACK), this::write);
        apps = new HostApps(stack);
        loop.run(() -> watch = loop.watch(tun.fd(), () -> read(room)));
    }

    private void write(ByteBuf packet) {
        if (isLost()) {
            packet.release();
            return;
        }
        loop.schedule(DELAY_NANOS, () -> toLinux(packet));
    }

    private void toLinux(ByteBuf packet) {
        long address = packet.memoryAddress() + packet.readerIndex();
        PacketCalls.write(tun.fd(), address, packet.readableBytes());
        if (chance.nextDouble() < repetition) {
            PacketCalls.write(tun.fd(), address, packet.readableBytes());
        }
        packet.release();
    }

    private boolean isLost() {
        boolean gone = chance.nextDouble() < loss;
        lost += gone ? 1 : 0;
        return gone;
    }

    private void read(MemorySegment room) {
        for (int i = 0; i < 64; i++) {
            long length = PacketCalls.read(tun.fd(), room.address(), room.byteSize());
            if (length <= 0) {
                return;
            }
            if (!isLost()) {
                ByteBuffer bytes = room.asSlice(0, length).asByteBuffer();
                ByteBuf packet = Unpooled.directBuffer(bytes.remaining()).writeBytes(bytes);
                if (chance.nextDouble() < repetition) {
                    ByteBuf again = packet.copy();
                    loop.schedule(DELAY_NANOS, () -> stack.input(again));
                }
                loop.schedule(DELAY_NANOS, () -> stack.input(packet));
            }
        }
    }

    @AfterEach
    void detach() throws Exception {
        if (tun != null) {
            loop.run(
                    () -> {
                        apps.close();
                        stack.close();
                        watch.run();
                    });
            Thread.sleep(20); // what is on its way
            tun.close();
        }
        loop.close();
        arena.close();
        if (!name.isEmpty()) {
            ip("netns", "del", name);
        }
    }

    private static void ip(String... arguments) throws Exception {
        run(List.of("ip"), arguments);
    }

    private static String run(List<String> prefix, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
        return output;
    }

    /** What the kernel counts in that namespace, as nstat shows it. */
    private Map<String, Long> linux() throws Exception {
        List<String> lines =
                run(List.of("ip", "netns", "exec", name), "cat", "/proc/net/netstat")
                        .lines()
                        .toList();
        Map<String, Long> counters = new TreeMap<>();
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            String[] names = lines.get(i).split(" ", -1);
            String[] values = lines.get(i + 1).split(" ", -1);
            for (int k = 1; k < names.length; k++) {
                counters.put(names[k], Long.parseLong(values[k]));
            }
        }
        return counters;
    }

    private long ours(HostCounter counter) throws Exception {
        return loop.call(() -> stack.counters().get(counter));
    }

    private static byte[] pattern() {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (i % PRIME);
        }
        return bytes;
    }

    private String log(String id) throws Exception {
        return loop.call(() -> String.join("\n", apps.records(id).lines(0)));
    }

    private void toUs() throws Exception {
        String id = loop.call(() -> apps.start("receive", "PORT 5001, CHECK true"));
        try (SocketChannel socket = Namespace.within(path, SocketChannel::open)) {
            socket.connect(new InetSocketAddress(STACK.toString(), 5001));
            socket.write(ByteBuffer.wrap(pattern()));
            socket.shutdownOutput();
            assertThat(socket.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
        await().atMost(60, TimeUnit.SECONDS).until(() -> log(id).contains("peer closed after"));
        assertThat(log(id))
                .contains("peer closed after " + BYTES + " bytes")
                .doesNotContain("corrupt");
    }

    @Test
    void linuxMendsItsLossesByOurSelectiveAcknowledgments() throws Exception {
        toUs();
        Map<String, Long> linux = linux();
        assertThat(loop.call(() -> lost)).isGreaterThan(20);
        assertThat(linux.get("TCPSackRecovery")).isGreaterThan(5);
        assertThat(linux.get("TCPRenoRecovery")).isZero();
        assertThat(linux.get("TCPSACKDiscard")).as("blocks that made no sense").isZero();
        assertThat(linux.get("TCPSACKReneging")).isZero();
        assertThat(ours(HostCounter.TCP_SACK_OUT)).isGreaterThan(20);
    }

    @Test
    void linuxUnderstandsOurReportsOfWhatCameTwice() throws Exception {
        loss = 0;
        repetition = 0.01;
        toUs();
        // Later ones it holds for dubious, as it has sent nothing twice itself.
        assertThat(linux().get("TCPDSACKRecv")).isGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cubic", "newreno"})
    void weMendOursByTheSelectiveAcknowledgmentsOfLinux(String congestion) throws Exception {
        byte[] bytes;
        try (ServerSocketChannel server = Namespace.within(path, ServerSocketChannel::open)) {
            server.bind(new InetSocketAddress(LINUX.toString(), 5001));
            loop.call(() -> apps.start("send", "DST " + LINUX + ", CONGESTION " + congestion));
            try (SocketChannel socket = server.accept();
                    InputStream in = Channels.newInputStream(socket)) {
                bytes = in.readNBytes(BYTES);
            }
        }
        assertThat(Arrays.mismatch(bytes, pattern())).isEqualTo(-1);
        assertThat(ours(HostCounter.TCP_SACK_IN)).isGreaterThan(20);
        assertThat(ours(HostCounter.TCP_SACK_RENEGED)).isZero();
        long repeated = ours(HostCounter.TCP_RETRANSMITTED);
        assertThat(repeated).isGreaterThan(20);
        assertThat(ours(HostCounter.TCP_FAST_RETRANSMIT)).isGreaterThan(5);
        assertThat(ours(HostCounter.TCP_TIMEOUT)).isLessThan(5);
        // What Linux got twice it reports: we hardly send anything that it has.
        assertThat(linux().get("TCPDSACKOldSent")).isLessThan(repeated / 5 + 3);
    }
}
