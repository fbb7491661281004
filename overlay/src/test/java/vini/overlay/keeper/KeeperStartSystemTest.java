package vini.overlay.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.overlay.host.StateFolder;
import vini.overlay.host.StateRoot;
import vini.overlay.host.UnderlaySlot;
import vini.overlay.json.Problems;
import vini.overlay.topology.HostsMode;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;
import vini.overlay.topology.TunnelsMode;
import vini.time.Seed;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A slice whose start fails half-way, when its underlay and its hosts have been taken. */
class KeeperStartSystemTest {
    private static final String TOPOLOGY =
            """
            {"name": "half", "nodes": {"a": {}, "b": {}}, "links": [{"between": ["a", "b"]}]}
            """;

    @TempDir Path temporary;

    private Topology topology() throws IOException {
        Path file = Files.writeString(temporary.resolve("half.json"), TOPOLOGY);
        return TopologyFile.read(file, new Problems())
                .withHosts(HostsMode.AUTO)
                .withTunnels(TunnelsMode.UDP);
    }

    private static void startInVain(Topology topology, StateRoot root) throws IOException {
        StateFolder state = root.take("half").orElseThrow();
        Files.writeString(state.path().resolve("graphs"), "in the way of a folder");
        assertThatThrownBy(
                        () ->
                                Keeper.start(
                                        topology,
                                        new Seed(1),
                                        state,
                                        Outsiders.none(state.path()),
                                        new KeeperListener() {}))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void leavesNothing() throws IOException {
        Topology topology = topology();
        StateRoot root = StateRoot.at(temporary.resolve("s"));
        UnderlaySlot.take().close();
        startInVain(topology, root); // what Java loads and opens once, it has now
        List<String> before = descriptors();
        startInVain(topology, root);
        assertThat(descriptors()).isEqualTo(before);
        assertThat(root.path()).isEmptyDirectory();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("keeper of half"));
        root.take("half").orElseThrow().remove();
    }

    /** Namespaces, sockets and devices that this process holds; files of the JVM's come and go. */
    private static List<String> descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(Files::isSymbolicLink)
                    .map(KeeperStartSystemTest::kind)
                    .filter(kind -> kind.matches("net:|socket:|pipe:|/dev/.*tun"))
                    .sorted()
                    .toList();
        }
    }

    private static String kind(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().replaceAll("\\[[0-9]+]", "");
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }
}
