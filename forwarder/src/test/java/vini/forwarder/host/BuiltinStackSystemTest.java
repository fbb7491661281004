package vini.forwarder.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.forwarder.host.app.AppRecord;
import vini.forwarder.host.app.HostApps;
import vini.forwarder.io.Errno;
import vini.forwarder.io.EventLoop;
import vini.forwarder.io.Namespace;
import vini.forwarder.io.PacketCalls;
import vini.forwarder.io.ProcessCalls;
import vini.forwarder.io.TunDevice;
import vini.net.Ipv4Address;
import vini.time.Seed;

import java.io.IOException;
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
import java.util.concurrent.TimeUnit;

/**
 * The builtin stack against Linux's own, over a tun device in a network namespace: the stack is
 * 10.0.0.2, Linux is 10.0.0.1.
 */
class BuiltinStackSystemTest {
    private static final Ipv4Address LINUX = Ipv4Address.parse("10.0.0.1");
    private static final Ipv4Address STACK = Ipv4Address.parse("10.0.0.2");
    private static final int BYTES = 20_000_000;
    private static final int PRIME = 251;

    @TempDir Path folder;

    private final EventLoop loop = new EventLoop("stack-test");
    private final Arena arena = Arena.ofShared();
    private String name = "";
    private String path = "";
    private TunDevice tun;
    private Runnable watch = () -> {};
    private BuiltinStack stack;
    private HostApps apps;

    @BeforeEach
    void attach() throws Exception {
        assumeTrue(ProcessCalls.geteuid() == 0, "namespaces need root");
        assumeTrue(Files.exists(Path.of("/dev/net/tun")), "there is no tun device");
        assumeTrue(
                Files.exists(Path.of("/usr/sbin/ip")) || Files.exists(Path.of("/sbin/ip")),
                "no ip");
        name = "vini-stack-" + ProcessCalls.getpid();
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
        // An overflow is loss, as on any link; the stack repeats.
        PacketCalls.write(
                tun.fd(), packet.memoryAddress() + packet.readerIndex(), packet.readableBytes());
        packet.release();
    }

    private void read(MemorySegment room) {
        for (int i = 0; i < 64; i++) {
            long length = PacketCalls.read(tun.fd(), room.address(), room.byteSize());
            if (length <= 0) {
                assertThat(length).isIn(0L, (long) -Errno.EAGAIN);
                return;
            }
            ByteBuffer bytes = room.asSlice(0, length).asByteBuffer();
            stack.input(copy(bytes));
        }
    }

    private static ByteBuf copy(ByteBuffer bytes) {
        return Unpooled.directBuffer(bytes.remaining()).writeBytes(bytes);
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

    private SocketChannel socket() throws IOException {
        return Namespace.within(path, SocketChannel::open);
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

    private String start(String kind, String arguments) throws Exception {
        return loop.call(() -> apps.start(kind, arguments));
    }

    private void awaitLog(String id, String text) {
        await().atMost(60, TimeUnit.SECONDS)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> log(id).contains(text));
    }

    @Test
    void takesWhatLinuxSends() throws Exception {
        String id = start("receive", "PORT 5001, WINDOW 16KB, CHECK true");
        try (SocketChannel socket = socket()) {
            socket.connect(new InetSocketAddress(STACK.toString(), 5001));
            socket.write(ByteBuffer.wrap(pattern()));
            socket.shutdownOutput();
            assertThat(socket.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
        awaitLog(id, "closed");
        String log = log(id);
        assertThat(log).contains("peer closed after " + BYTES + " bytes").doesNotContain("corrupt");
    }

    @Test
    void sendsWhatLinuxTakes() throws Exception {
        try (ServerSocketChannel server = Namespace.within(path, ServerSocketChannel::open)) {
            server.bind(new InetSocketAddress(LINUX.toString(), 5001));
            start("send", "DST " + LINUX);
            try (SocketChannel socket = server.accept();
                    InputStream in = Channels.newInputStream(socket)) {
                byte[] bytes = in.readNBytes(BYTES);
                assertThat(Arrays.mismatch(bytes, pattern())).isEqualTo(-1);
            }
        }
        awaitLog("send-1", "reset by peer");
    }

    @Test
    void pingsAreAnsweredBothWays() throws Exception {
        String output =
                run(
                        List.of("ip", "netns", "exec", name),
                        "ping",
                        "-c",
                        "5",
                        "-i",
                        "0.05",
                        STACK.toString());
        assertThat(output).contains("5 packets transmitted, 5 received", "ttl=64");
        String id = start("ping", "DST " + LINUX + ", EVERY 20ms, FOR 190ms");
        awaitLog(id, "reply 9 ");
        List<AppRecord> records = loop.call(() -> apps.records(id).records(0, 100));
        assertThat(records.stream().filter(r -> r instanceof AppRecord.Reply)).hasSize(10);
    }

    @Test
    void isRefusedByLinux() throws Exception {
        start("send", "DST " + LINUX + ", PORT 9");
        awaitLog("send-1", "refused");
    }

    @Test
    void sayWhatTsharkCanRead() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/tshark")), "no tshark");
        Path capture = folder.resolve("stack.pcapng");
        Process tshark =
                new ProcessBuilder(
                                "ip",
                                "netns",
                                "exec",
                                name,
                                "tshark",
                                "-q",
                                "-i",
                                "tun0",
                                "-w",
                                capture.toString())
                        .redirectErrorStream(true)
                        .start();
        try {
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> Files.exists(capture) && Files.size(capture) > 0);
            start("ping", "DST " + LINUX + ", EVERY 20ms, FOR 90ms");
            awaitLog("ping-1", "reply 4 ");
            String id = start("receive", "PORT 5001, WINDOW 16KB, CHECK true");
            try (SocketChannel socket = socket()) {
                socket.connect(new InetSocketAddress(STACK.toString(), 5001));
                socket.write(ByteBuffer.wrap(pattern(), 0, 500_000));
            }
            awaitLog(id, "closed");
        } finally {
            tshark.destroy();
            tshark.waitFor();
        }
        String shown =
                run(
                        List.of("tshark"),
                        "-r",
                        capture.toString(),
                        "-o",
                        "ip.check_checksum:TRUE",
                        "-o",
                        "tcp.check_checksum:TRUE",
                        "-T",
                        "fields",
                        "-e",
                        "ip.src",
                        "-e",
                        "tcp.window_size",
                        "-e",
                        "tcp.analysis.bytes_in_flight",
                        "-e",
                        "ip.checksum.status",
                        "-e",
                        "tcp.checksum.status",
                        "-e",
                        "icmp.checksum.status",
                        "-e",
                        "_ws.malformed",
                        "-e",
                        "tcp.analysis.window_full");
        long windows = 0;
        long full = 0;
        long pings = 0;
        for (String line : shown.lines().toList()) {
            String[] field = line.split("\t", -1);
            if (field.length < 8) {
                continue;
            }
            if (field[0].equals(STACK.toString())) {
                assertThat(field[3]).as(line).isEqualTo("1");
                assertThat(field[4]).as(line).isIn("1", "");
                assertThat(field[5]).as(line).isIn("1", "");
                pings += field[5].equals("1") ? 1 : 0;
                if (!field[1].isEmpty()) {
                    assertThat(field[1]).as(line).isEqualTo("16384");
                    windows++;
                }
            } else if (field[0].equals(LINUX.toString()) && !field[2].isEmpty()) {
                assertThat(Integer.parseInt(field[2])).as(line).isLessThanOrEqualTo(16384);
                full += field[2].equals("16384") ? 1 : 0;
            }
            assertThat(field[6]).as(line).isEmpty();
        }
        assertThat(windows).isGreaterThan(20);
        assertThat(pings).isPositive();
        assertThat(full).as("Linux fills the window exactly").isPositive();
    }
}
