package vini.overlay.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import vini.forwarder.io.Errno;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.PacketCalls;
import vini.forwarder.io.Sockaddr;
import vini.forwarder.io.TunDevice;
import vini.net.IpAddress;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes namespaces; the test is the forwarder that reads what their sockets send. */
class KernelNamespaceSystemTest {
    private static final IpAddress NODE = IpAddress.parse("10.77.0.1");
    private static final IpAddress LINK_END = IpAddress.parse("10.77.128.1");
    private static final IpAddress FAR = IpAddress.parse("192.0.2.9");
    private static final IpAddress NODE6 = IpAddress.parse("fd77::1");
    private static final IpAddress FAR6 = IpAddress.parse("2001:db8::9");
    private static final int PORT = 4000;

    @BeforeEach
    void rights() {
        Possibility kernelHosts = Capabilities.kernelHosts();
        assumeTrue(kernelHosts.possible(), kernelHosts.sentence());
    }

    @Test
    void aForwarderReadsWhatASocketInTheNamespaceSends() throws IOException {
        try (KernelNamespace host = KernelNamespace.create(List.of(NODE), 1400);
                TunDevice tun = attach(host)) {
            byte[] packet = sendAndRead(host, tun, FAR);
            // IPv4, UDP, from the node's address to the far one, then ports
            assertThat(packet[0]).isEqualTo((byte) 0x45);
            assertThat(packet[9]).isEqualTo((byte) 17);
            assertThat(bytes(packet, 12, 4)).isEqualTo(NODE.toBytes());
            assertThat(bytes(packet, 16, 4)).isEqualTo(FAR.toBytes());
            assertThat(bytes(packet, 22, 2)).isEqualTo(new byte[] {0x0f, (byte) 0xa0});
            assertThat(new String(packet, 28, 5, StandardCharsets.US_ASCII)).isEqualTo("hello");
        }
    }

    @Test
    void ipv6ComesOutOnlyWhereItWasAskedFor() throws IOException {
        try (KernelNamespace both = KernelNamespace.create(List.of(NODE, NODE6), 1400);
                TunDevice tun = attach(both)) {
            byte[] packet = sendAndRead(both, tun, FAR6);
            while (packet[6] == 0) { // multicast listener reports (hop-by-hop header) go before
                packet = read(tun);
            }
            assertThat(packet[0] & 0xf0).isEqualTo(0x60);
            assertThat(bytes(packet, 8, 16)).isEqualTo(NODE6.toBytes());
            assertThat(bytes(packet, 24, 16)).isEqualTo(FAR6.toBytes());
        }
        try (KernelNamespace four = KernelNamespace.create(List.of(NODE), 1400)) {
            assertThatThrownBy(() -> four.namespace().within(() -> udp(FAR6)))
                    .isInstanceOf(LibcException.class);
        }
    }

    @Test
    void theHostHasItsAddressesAndNoOther() throws IOException {
        try (KernelNamespace host = KernelNamespace.create(List.of(NODE, LINK_END), 1400)) {
            for (IpAddress own : List.of(NODE, LINK_END, IpAddress.parse("127.0.0.1"))) {
                assertThat(bindError(host, own)).isZero();
            }
            assertThat(bindError(host, FAR)).isEqualTo(99); // EADDRNOTAVAIL
            assertThat(
                            host.namespace()
                                    .within(
                                            () ->
                                                    Files.readString(
                                                            Path.of("/proc/thread-self/net/dev"))))
                    .contains("vini0:")
                    .doesNotContain("eth0:");
        }
    }

    @Test
    void theDeviceAndItsAddressOutliveTheForwarder() throws IOException {
        try (KernelNamespace host = KernelNamespace.create(List.of(NODE), 1400)) {
            try (TunDevice first = attach(host)) {
                assertThat(sendAndRead(host, first, FAR)).isNotEmpty();
            }
            assertThat(bindError(host, NODE)).isZero();
            try (TunDevice second = attach(host)) {
                assertThat(sendAndRead(host, second, FAR)).isNotEmpty();
            }
        }
    }

    @Test
    void changesAreMadeAndRefusalsSayWhatWasTried() throws IOException {
        try (KernelNamespace host = KernelNamespace.create(List.of(NODE), 1400);
                Rtnetlink rtnetlink = Rtnetlink.open(host.path())) {
            int device = rtnetlink.index(KernelNamespace.DEVICE);
            rtnetlink.addAddress(device, LINK_END, 30, null);
            assertThat(bindError(host, LINK_END)).isZero();
            LibcException twice =
                    assertThrows(
                            LibcException.class,
                            () -> rtnetlink.addAddress(device, LINK_END, 30, null));
            assertThat(twice.errno()).isEqualTo(Errno.EEXIST);
            assertThat(twice).hasMessageContaining("add address 10.77.128.1/30 to device");
            rtnetlink.delete(device);
            assertThatThrownBy(() -> rtnetlink.index(KernelNamespace.DEVICE))
                    .hasMessageContaining("find device vini0: No such device");
        }
    }

    @Test
    void sysctlsAreTheNamespacesOwn() throws IOException {
        Path file = Path.of("/proc/sys/net/ipv4/ip_forward");
        String outside = Files.readString(file);
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            String other = outside.strip().equals("1") ? "0" : "1";
            namespace.sysctl("ipv4/ip_forward", other);
            assertThat(namespace.within(() -> Files.readString(file)).strip()).isEqualTo(other);
            assertThat(Files.readString(file)).isEqualTo(outside);
            assertThatThrownBy(() -> namespace.sysctl("ipv4/ip_forward", "many"))
                    .hasMessageContaining("write many to sysctl net/ipv4/ip_forward");
        }
    }

    @Test
    void nothingIsLeftOfManyNamespaces() throws IOException {
        KernelNamespace.create(List.of(NODE), 1400).close(); // loads what stays loaded
        long descriptors = descriptors();
        List<String> identities = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            try (KernelNamespace host = KernelNamespace.create(List.of(NODE), 1400)) {
                identities.add(host.namespace().identity());
                assertThat(holders(identities.getLast())).isPositive();
            }
        }
        assertThat(descriptors()).isEqualTo(descriptors);
        // A thread that was joined is gone from the kernel a moment later.
        for (String identity : identities) {
            await().until(() -> holders(identity) == 0);
        }
    }

    @Test
    void aFailureHalfWayLeavesNothing() throws IOException {
        assertThatThrownBy(() -> KernelNamespace.create(List.of(NODE), 1));
        long descriptors = descriptors();
        assertThatThrownBy(() -> KernelNamespace.create(List.of(NODE), 1))
                .hasMessageContaining("set the MTU");
        assertThat(descriptors()).isEqualTo(descriptors);
    }

    private static TunDevice attach(KernelNamespace host) throws IOException {
        return TunDevice.attach(host.path(), KernelNamespace.DEVICE, TunDevice.Offload.NONE);
    }

    private static int udp(IpAddress to) throws IOException {
        int fd = Libc.socket(Sockaddr.family(to), Libc.SOCK_DGRAM, 0);
        try {
            Libc.connect(fd, Sockaddr.ip(to, PORT));
            return fd;
        } catch (LibcException e) {
            Libc.close(fd);
            throw e;
        }
    }

    private static byte[] sendAndRead(KernelNamespace host, TunDevice tun, IpAddress to)
            throws IOException {
        int fd = host.namespace().within(() -> udp(to));
        Libc.send(fd, "hello".getBytes(StandardCharsets.US_ASCII), 0);
        Libc.close(fd);
        return read(tun);
    }

    /** What was sent is in the device's queue when send returns: no waiting. */
    private static byte[] read(TunDevice tun) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment room = arena.allocate(2048);
            long length = PacketCalls.read(tun.fd(), room.address(), 2048);
            assertThat(length).isPositive();
            return room.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private static int bindError(KernelNamespace host, IpAddress address) throws IOException {
        return host.namespace()
                .within(
                        () -> {
                            int fd = Libc.socket(Sockaddr.AF_INET, Libc.SOCK_DGRAM, 0);
                            try {
                                Libc.bind(fd, Sockaddr.ip(address, 0));
                                return 0;
                            } catch (LibcException e) {
                                return e.errno();
                            } finally {
                                Libc.close(fd);
                            }
                        });
    }

    private static byte[] bytes(byte[] from, int at, int length) {
        return Arrays.copyOfRange(from, at, at + length);
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    /** Descriptors and threads of this process that hold the namespace. */
    private static long holders(String identity) throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"));
                var threads = Files.list(Path.of("/proc/self/task"))) {
            return open.filter(p -> target(p).equals(identity)).count()
                    + threads.filter(p -> target(p.resolve("ns/net")).equals(identity)).count();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // gone meanwhile, or the listing's own descriptor
        }
    }
}
