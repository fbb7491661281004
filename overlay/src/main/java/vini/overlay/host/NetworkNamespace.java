package vini.overlay.host;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.Namespace;
import vini.forwarder.io.ProcessCalls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A network namespace without a name: this process holds its descriptor, and it is gone, with its
 * devices, when the descriptor is closed or this process ends and no other is in it.
 */
public final class NetworkNamespace implements AutoCloseable {
    private final int fd;
    private boolean closed;

    private NetworkNamespace(int fd) {
        this.fd = fd;
    }

    /** Makes an empty one: a loopback device that is down. Needs CAP_SYS_ADMIN. */
    public static NetworkNamespace create() throws IOException {
        return create(() -> null);
    }

    /** Makes one and sets it up by system calls from within; if they fail, it is gone again. */
    static NetworkNamespace create(Namespace.SystemCalls<@Nullable Void> setUp) throws IOException {
        return Namespace.onItsOwnThread(
                () -> {
                    ProcessCalls.unshare(ProcessCalls.CLONE_NEWNET);
                    NetworkNamespace made =
                            new NetworkNamespace(
                                    Libc.open("/proc/thread-self/ns/net", Libc.O_RDONLY));
                    try {
                        setUp.call();
                        return made;
                    } catch (IOException | RuntimeException | Error e) {
                        made.close();
                        throw e;
                    }
                });
    }

    /** A path by which other processes of this user enter it while this process lives. */
    public String path() {
        return "/proc/" + ProcessCalls.getpid() + "/fd/" + fd;
    }

    /** This process's descriptor of it. */
    int descriptor() {
        return fd;
    }

    /** The kernel's name of it, such as {@code net:[4026532231]}. */
    public String identity() throws IOException {
        return Files.readSymbolicLink(Path.of(path())).toString();
    }

    /** See {@link Namespace#within}: system calls only. */
    public <T extends @Nullable Object> T within(Namespace.SystemCalls<T> calls)
            throws IOException {
        return Namespace.within(path(), calls);
    }

    /**
     * Writes a setting of this namespace.
     *
     * @param key the file below {@code /proc/sys/net}, such as {@code ipv4/ip_forward}
     */
    public void sysctl(String key, String value) throws IOException {
        within(
                () -> {
                    writeSysctl(key, value);
                    return null;
                });
    }

    /** The same in the namespace of the calling thread. */
    static void writeSysctl(String key, String value) throws LibcException {
        int file = Libc.open("/proc/sys/net/" + key, Libc.O_WRONLY);
        try {
            Libc.write(file, value.getBytes(StandardCharsets.US_ASCII));
        } catch (LibcException e) {
            throw new LibcException("write " + value + " to sysctl net/" + key, e.errno());
        } finally {
            Libc.close(file);
        }
    }

    @Override
    public void close() throws LibcException {
        if (!closed) {
            closed = true;
            Libc.close(fd);
        }
    }
}
