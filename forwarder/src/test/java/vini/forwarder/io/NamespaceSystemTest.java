package vini.forwarder.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import vini.forwarder.kit.TestNamespace;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/** Needs the right to make network namespaces, and the tun device. */
class NamespaceSystemTest {
    @BeforeEach
    void rights() {
        assumeTrue(ProcessCalls.geteuid() == 0, "namespaces need root");
    }

    @Test
    void aTunDeviceIsMadeInTheNamespaceAndServesOutside() throws IOException {
        try (TestNamespace namespace = new TestNamespace();
                TunDevice tun =
                        TunDevice.attach(namespace.path(), "t%d", TunDevice.Offload.VIRTIO)) {
            String path = namespace.path();
            assertThat(tun.name()).isEqualTo("t0");
            assertThat(inode(path)).isNotEqualTo(inode("/proc/self/ns/net"));
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment room = arena.allocate(2048);
                assertThat(PacketCalls.read(tun.fd(), room.address(), 2048))
                        .isEqualTo(-Errno.EAGAIN);
                // A virtio header of zeros and an IPv4 packet; the device is down.
                room.set(ValueLayout.JAVA_BYTE, TunDevice.VIRTIO_HEADER_BYTES, (byte) 0x45);
                assertThat(PacketCalls.write(tun.fd(), room.address(), 30)).isEqualTo(-Errno.EIO);
            }
            assertThatThrownBy(() -> TunDevice.attach(path, "t0", TunDevice.Offload.NONE))
                    .hasMessageContaining("EBUSY");
        }
    }

    @Test
    void theThreadOfTheCallerStaysWhereItIs() throws IOException {
        String before = inode("/proc/thread-self/ns/net");
        try (TestNamespace namespace = new TestNamespace()) {
            String path = namespace.path();
            String within = Namespace.within(path, () -> inode("/proc/thread-self/ns/net"));
            assertThat(within).isEqualTo(inode(path)).isNotEqualTo(before);
            assertThat(inode("/proc/thread-self/ns/net")).isEqualTo(before);
        }
    }

    @Test
    void whatFailsInsideIsThrownOutside() {
        assertThatThrownBy(() -> Namespace.within("/proc/self/status", () -> 1))
                .hasMessage("setns: Invalid argument (EINVAL)");
        assertThatThrownBy(
                        () ->
                                Namespace.within(
                                        "/proc/self/ns/net",
                                        () -> {
                                            throw new IllegalStateException("inside");
                                        }))
                .hasMessage("inside");
    }

    /** Such as {@code net:[4026531840]}: a number that only this namespace has. */
    private static String inode(String path) throws IOException {
        return Files.readSymbolicLink(Path.of(path)).toString();
    }
}
