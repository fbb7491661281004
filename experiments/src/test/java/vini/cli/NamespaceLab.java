package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import vini.forwarder.io.Libc;
import vini.forwarder.io.Namespace;
import vini.forwarder.io.ProcessCalls;
import vini.forwarder.io.Sockaddr;
import vini.overlay.host.Capabilities;
import vini.overlay.host.NetworkNamespace;
import vini.overlay.host.Possibility;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Network namespaces without names, wires between them, and programs in them; all is gone when this
 * ends. It needs root.
 */
final class NamespaceLab {
    // linux/sockios.h and linux/ethtool.h
    private static final long SIOCETHTOOL = 0x8946;
    private static final int ETHTOOL_STXCSUM = 0x17;

    private final Path folder;
    private final Map<String, NetworkNamespace> namespaces = new LinkedHashMap<>();
    private final List<ViniProcess> started = new ArrayList<>();

    NamespaceLab(Path folder) {
        this.folder = folder;
        assumeTrue(
                ProcessCalls.geteuid() == 0,
                "namespaces are entered by their paths, which needs root");
        Possibility kernel = Capabilities.kernelHosts();
        assumeTrue(kernel.possible(), kernel.sentence());
    }

    /** Makes a namespace whose loopback device is up. */
    void namespace(String name) throws Exception {
        namespaces.put(name, NetworkNamespace.create());
        ip(name, "link set lo up");
    }

    /** A namespace that was made. */
    NetworkNamespace get(String name) {
        return Objects.requireNonNull(namespaces.get(name), name);
    }

    /** A path to a namespace. */
    String path(String name) {
        return get(name).path();
    }

    private List<String> in(String name, List<String> command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--net=" + path(name), "--"));
        all.addAll(command);
        return all;
    }

    /** Runs {@code ip WORDS} in a namespace. */
    void ip(String name, String words) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words.split(" ", -1)));
        ViniProcess.Result result = run(name, command.toArray(String[]::new));
        assertThat(result.status()).as("ip %s in %s: %s", words, name, result).isZero();
    }

    /**
     * A wire: a pair of devices, one in each namespace, both up; what they send has complete
     * checksums.
     */
    void wire(String name, String device, String otherName, String otherDevice) throws Exception {
        String other = path(otherName);
        ip(name, "link add " + device + " type veth peer name " + otherDevice + " netns " + other);
        completeChecksums(name, device);
        completeChecksums(otherName, otherDevice);
        ip(name, "link set " + device + " up");
        ip(otherName, "link set " + otherDevice + " up");
    }

    /** As "ethtool -K DEVICE tx off" does, without the tool. */
    private void completeChecksums(String name, String device) throws IOException {
        int socket =
                Namespace.within(
                        path(name), () -> Libc.socket(Sockaddr.AF_INET, Libc.SOCK_DGRAM, 0));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(2 * Integer.BYTES);
            value.set(ValueLayout.JAVA_INT_UNALIGNED, 0, ETHTOOL_STXCSUM);
            byte[] request =
                    ByteBuffer.allocate(40)
                            .order(ByteOrder.nativeOrder())
                            .put(device.getBytes(StandardCharsets.US_ASCII))
                            .putLong(16, value.address())
                            .array();
            Libc.ioctl(socket, "SIOCETHTOOL " + device, SIOCETHTOOL, request);
        } finally {
            Libc.close(socket);
        }
    }

    /** Runs a program in a namespace to its end. */
    ViniProcess.Result run(String name, String... command) throws Exception {
        return start(name, List.of(command)).end();
    }

    /** Starts a program in a namespace; it is killed at the end. */
    ViniProcess start(String name, List<String> command) throws IOException {
        ViniProcess process = ViniProcess.startCommand(folder, in(name, command));
        started.add(process);
        return process;
    }

    /** What a program printed that must end well. */
    String said(String name, String... command) throws Exception {
        ViniProcess.Result result = run(name, command);
        assertThat(result.status()).as("%s: %s", List.of(command), result).isZero();
        return result.out();
    }

    /** Ends the programs, and the namespaces with all that is in them. */
    void end() throws Exception {
        for (ViniProcess process : started) {
            if (process.isAlive()) {
                process.signal("TERM");
                process.end();
            }
        }
        for (NetworkNamespace namespace : namespaces.values()) {
            namespace.close();
        }
    }
}
