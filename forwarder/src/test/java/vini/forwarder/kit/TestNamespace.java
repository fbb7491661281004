package vini.forwarder.kit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import vini.forwarder.io.Libc;
import vini.forwarder.io.Namespace;
import vini.forwarder.io.ProcessCalls;
import vini.forwarder.io.Sockaddr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A network namespace of a test's own; it and the sockets made in it end with the test. */
public final class TestNamespace implements AutoCloseable {
    private final int descriptor;
    private final List<Integer> sockets = new ArrayList<>();

    /** Makes one, or skips the test where the machine cannot. */
    public TestNamespace() throws IOException {
        assumeTrue(ProcessCalls.geteuid() == 0, "namespaces need root");
        assumeTrue(Files.exists(Path.of("/dev/net/tun")), "there is no tun device");
        descriptor =
                Namespace.onItsOwnThread(
                        () -> {
                            ProcessCalls.unshare(ProcessCalls.CLONE_NEWNET);
                            return Libc.open("/proc/thread-self/ns/net", Libc.O_RDONLY);
                        });
    }

    /** What it is entered by, as long as it is open. */
    public String path() {
        return "/proc/" + ProcessCalls.getpid() + "/fd/" + descriptor;
    }

    /** The same as elements take it. */
    public String keyword() {
        return "NETNS " + path();
    }

    /** A UDP socket in it, not bound yet. */
    public int udpSocket() throws IOException {
        int socket =
                Namespace.within(path(), () -> Libc.socket(Sockaddr.AF_INET, Libc.SOCK_DGRAM, 0));
        sockets.add(socket);
        return socket;
    }

    @Override
    public void close() throws IOException {
        for (int socket : sockets) {
            Libc.close(socket);
        }
        Libc.close(descriptor);
    }
}
