package vini.overlay.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import vini.overlay.host.Capabilities;
import vini.overlay.host.NetworkNamespace;
import vini.overlay.host.Possibility;
import vini.overlay.host.Rtnetlink;
import vini.overlay.host.Worker;
import vini.overlay.json.Problems;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Wires of the kernel, in a namespace of their own, one end of which is set down. */
@Timeout(60)
class CarriersSystemTest {
    private static final String TEXT =
            """
            {"name": "under", "nodes": {"a": {}, "b": {}, "c": {}},
             "links": [{"between": ["a", "b"], "via": "eth1"},
                       {"between": ["b", "c"], "via": ["eth1", "eth2"]},
                       {"between": ["c", "a"]}]}
            """;

    @TempDir Path folder;
    private final Worker worker = new Worker("underlay-test");
    private final List<String> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        worker.close();
    }

    private void awaitTold(String... lines) {
        await().untilAsserted(() -> assertThat(told).containsExactly(lines));
        told.clear();
    }

    @Test
    void whatBecomesOfAnInterfaceBecomesOfItsLinks() throws Exception {
        Possibility kernelHosts = Capabilities.kernelHosts();
        assumeTrue(kernelHosts.possible(), kernelHosts.sentence());
        Topology topology =
                TopologyFile.read(
                        Files.writeString(folder.resolve("t.json"), TEXT), new Problems());
        assertThat(TopologyFile.write(topology)).contains("\"via\"");
        try (NetworkNamespace namespace = NetworkNamespace.create();
                Rtnetlink here = Rtnetlink.open(namespace.path())) {
            for (String number : List.of("1", "2")) {
                here.addWire("eth" + number, namespace, "peer" + number);
                here.up(here.index("eth" + number));
                here.up(here.index("peer" + number));
            }
            Carriers carriers =
                    worker.call(
                            () -> {
                                Carriers made =
                                        new Carriers(
                                                worker,
                                                topology,
                                                namespace.path(),
                                                change -> told.add(change.words()));
                                made.watch();
                                return made;
                            });
            assertThat(told).isEmpty();
            here.down(here.index("peer1"));
            awaitTold("eth1 down: a-b", "eth1 down: b-c");
            // On the worker, so that one look finds both: b-c loses one and gets the other back.
            worker.run(
                    () -> {
                        here.delete(here.index("eth2"));
                        here.up(here.index("peer1"));
                    });
            awaitTold("eth1 up: a-b");
            here.addWire("eth2", namespace, "peer2");
            here.up(here.index("peer2"));
            here.up(here.index("eth2"));
            awaitTold("eth2 up: b-c");
            worker.run(carriers::close);
        }
    }
}
