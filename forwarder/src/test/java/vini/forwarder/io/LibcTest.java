package vini.forwarder.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.net.IpAddress;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class LibcTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void writesAndReadsAFile() throws IOException {
        Path file = folder.resolve("file");
        int created = Libc.open(file.toString(), Libc.O_WRONLY | 0x40 /* O_CREAT */, 0600);
        assertThat(Libc.write(created, "hello".getBytes(StandardCharsets.US_ASCII))).isEqualTo(5);
        Libc.close(created);
        assertThat(Files.readString(file)).isEqualTo("hello");

        int fd = Libc.open(file.toString(), Libc.O_RDONLY);
        assertThat(Libc.fcntl(fd, Libc.F_GETFD, 0)).isEqualTo(Libc.FD_CLOEXEC);
        byte[] into = new byte[8];
        assertThat(Libc.read(fd, into)).isEqualTo(5);
        assertThat(new String(into, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("hello");
        assertThat(Libc.read(fd, into)).isZero();
        Libc.close(fd);
    }

    @Test
    void aFailureNamesCallErrnoAndSentence() {
        LibcException e =
                assertThrows(LibcException.class, () -> Libc.open("/no/such/file", Libc.O_RDONLY));
        assertThat(e.errno()).isEqualTo(Errno.ENOENT);
        assertThat(e).hasMessage("open /no/such/file: No such file or directory (ENOENT)");
    }

    @Test
    void anUnknownErrnoHasANameToo() {
        assertThat(Errno.name(Errno.EAGAIN)).isEqualTo("EAGAIN");
        assertThat(Errno.name(999)).isEqualTo("errno 999");
    }

    @Test
    void socketOptionsAreReadAndWritten() throws IOException {
        int fd = Libc.socket(Sockaddr.AF_INET, Libc.SOCK_DGRAM, 0);
        assertThat(Libc.getsockopt(fd, Libc.SOL_SOCKET, Libc.SO_REUSEADDR)).isZero();
        Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_REUSEADDR, 1);
        assertThat(Libc.getsockopt(fd, Libc.SOL_SOCKET, Libc.SO_REUSEADDR)).isEqualTo(1);
        assertThatThrownBy(() -> Libc.getsockopt(fd, Libc.SOL_SOCKET, 9999))
                .hasMessageContaining("ENOPROTOOPT");
        Libc.close(fd);
    }

    @Test
    void processorTimeIsThatOfTheWholeProcess() throws Exception {
        long before = ProcessCalls.cpuNanos(ProcessCalls.getpid());
        assertThat(before).isPositive();
        Thread other =
                new Thread(
                        () -> {
                            long until = System.nanoTime() + 20_000_000;
                            while (System.nanoTime() < until) {
                                Thread.onSpinWait();
                            }
                        });
        other.start();
        other.join();
        assertThat(ProcessCalls.cpuNanos(ProcessCalls.getpid())).isGreaterThan(before);
        assertThatThrownBy(() -> ProcessCalls.cpuNanos(1 << 22)).isInstanceOf(LibcException.class);
    }

    @Test
    void theProcessIsThisOne() {
        assertThat(ProcessCalls.getpid()).isEqualTo((int) ProcessHandle.current().pid());
        assertThat(ProcessCalls.geteuid()).isEqualTo(ProcessCalls.getuid());
    }

    @Test
    void packetCallsMoveADatagramAndGiveErrnoNegated() throws IOException {
        int flags = Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK;
        int a = Libc.socket(Sockaddr.AF_INET, flags, 0);
        byte[] address = Sockaddr.ip(IpAddress.parse("127.0.0.1"), 0);
        Libc.bind(a, address);
        byte[] bound = Sockaddr.ip(IpAddress.parse("127.0.0.1"), Libc.port(a));
        Libc.connect(a, bound); // to itself
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocateFrom("ping");
            MemorySegment in = arena.allocate(64);
            assertThat(PacketCalls.read(a, in.address(), 64)).isEqualTo(-Errno.EAGAIN);
            assertThat(PacketCalls.write(a, out.address(), 4)).isEqualTo(4);
            assertThat(PacketCalls.read(a, in.address(), 64)).isEqualTo(4);
            assertThat(in.getString(0)).isEqualTo("ping");

            // struct iovec: base and length, twice
            MemorySegment vectors =
                    arena.allocateFrom(
                            ValueLayout.JAVA_LONG, out.address(), 2, out.address() + 1, 3);
            assertThat(PacketCalls.writev(a, vectors.address(), 2)).isEqualTo(5);
            MemorySegment into =
                    arena.allocateFrom(ValueLayout.JAVA_LONG, in.address(), 3, in.address() + 8, 9);
            assertThat(PacketCalls.readv(a, into.address(), 2)).isEqualTo(5);
            assertThat(in.getString(8)).isEqualTo("ng");

            // struct mmsghdr is a msghdr of 56 bytes and a length, 64 in all; iovec at 16
            MemorySegment messages = arena.allocate(2 * 64, 8);
            for (int i = 0; i < 2; i++) {
                messages.set(ValueLayout.JAVA_LONG, i * 64L + 16, vectors.address());
                messages.set(ValueLayout.JAVA_LONG, i * 64L + 24, 1);
            }
            assertThat(PacketCalls.sendmsg(a, messages.address(), 0)).isEqualTo(2);
            assertThat(PacketCalls.recvmsg(a, messages.address(), 0)).isEqualTo(2);
            assertThat(PacketCalls.sendmmsg(a, messages.address(), 2, 0)).isEqualTo(2);
            assertThat(PacketCalls.recvmmsg(a, messages.address(), 2, 0)).isEqualTo(2);
            assertThat(messages.get(ValueLayout.JAVA_INT, 64 + 56)).isEqualTo(2);
            assertThat(PacketCalls.recvmmsg(a, messages.address(), 2, 0)).isEqualTo(-Errno.EAGAIN);
        }
        Libc.close(a);
        assertThat(PacketCalls.write(-1, 0, 0)).isEqualTo(-Errno.EBADF);
    }
}
