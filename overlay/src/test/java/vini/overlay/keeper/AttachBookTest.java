package vini.overlay.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.overlay.json.Problems;
import vini.overlay.keeper.AttachBook.Attached;
import vini.overlay.topology.AddressPlan;
import vini.overlay.topology.DoorPlan;
import vini.overlay.topology.Node;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;
import vini.overlay.world.LinkBook;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

class AttachBookTest {
    @TempDir Path folder;

    private final Set<Node> shut = new HashSet<>();

    private Topology topology(String nodes, String more) throws Exception {
        Path file = folder.resolve("t.json");
        Files.writeString(
                file,
                "{\"name\": \"t\", %s \"nodes\": {%s}, \"links\": [{\"between\": [\"a\", \"b\"]}]}"
                        .formatted(more, nodes));
        return TopologyFile.read(file, new Problems());
    }

    private AttachBook book(Topology topology) {
        return new AttachBook(
                topology, AddressPlan.of(topology), DoorPlan.of(topology), shut::contains);
    }

    private static Node node(Topology topology, String name) {
        return Objects.requireNonNull(topology.node(name));
    }

    private static List<String> text(List<LinkBook.Write> writes) {
        return writes.stream().map(write -> write.handler() + " " + write.value()).toList();
    }

    @Test
    void addressesAreCountedDownAndUsedAgain() throws Exception {
        Topology topology = topology("\"a\": {}, \"b\": {}", "");
        AttachBook book = book(topology);
        Attached first = book.add("x", node(topology, "a"));
        Attached second = book.add("y", node(topology, "b"));
        assertThat(first.address()).hasToString("10.87.255.254");
        assertThat(second.address()).hasToString("10.87.255.253");
        assertThat(second.number()).isEqualTo(2);
        book.remove(first);
        assertThat(book.add("z", node(topology, "b")))
                .hasToString(
                        new Attached(1, "z", node(topology, "b"), first.address(), null)
                                .toString());
    }

    @Test
    void theBlocksOfIngressesAreTheirUsers() throws Exception {
        Topology topology =
                topology("\"a\": {\"ingress\": {\"users\": \"10.87.128.0/17\"}}, \"b\": {}", "");
        assertThat(book(topology).add("x", node(topology, "b")).address())
                .hasToString("10.87.127.255");
        Topology full =
                topology("\"a\": {\"ingress\": {\"users\": \"10.87.0.0/16\"}}, \"b\": {}", "");
        assertThatThrownBy(() -> book(full).add("x", node(full, "b")))
                .hasMessageContaining("no address of the users' block 10.87.0.0/16 is left");
    }

    @Test
    void theDoorsOfDevicesFollowThoseOfTheTopology() throws Exception {
        Topology topology = topology("\"a\": {\"ingress\": true}, \"b\": {}", "");
        AttachBook book = book(topology);
        Node a = node(topology, "a");
        Attached first = book.add("x", a);
        book.add("y", a);
        assertThat(text(book.forwarderWrites()))
                .containsExactly("a/fib.set 10.87.255.254/32 4", "a/fib.set 10.87.255.253/32 5");
        assertThat(text(book.routerWrites()))
                .containsExactly(
                        "a.announce 10.87.255.254/32 1 type 1",
                        "a.announce 10.87.255.253/32 1 type 1");
        book.remove(first);
        assertThat(text(book.forwarderWrites())).containsExactly("a/fib.set 10.87.255.253/32 4");
    }

    @Test
    void aNodeThatHasFailedHasNoDevices() throws Exception {
        Topology topology = topology("\"a\": {}, \"b\": {}", "");
        AttachBook book = book(topology);
        Attached first = book.add("x", node(topology, "a"));
        shut.add(node(topology, "a"));
        assertThat(text(book.forwarderWrites()))
                .containsExactly("a/machine1source.config deny all");
        assertThat(book.routerWrites()).isEmpty();
        assertThat(book.announcement(first)).isEmpty();
        shut.clear();
        assertThat(text(book.opened(node(topology, "a"))))
                .containsExactly("a/machine1source.config allow src host 10.87.255.254, deny all");
        assertThat(text(book.ways(node(topology, "a"))))
                .containsExactly("a/fib.set 10.87.255.254/32 3");
    }

    @Test
    void aTextThatWasPerhapsNotReadIsWrittenOnce() throws Exception {
        Topology topology = topology("\"a\": {}, \"b\": {}", "");
        AttachBook book = book(topology);
        book.mayBeUnread(node(topology, "a"), "Idle;");
        assertThat(text(book.forwarderWrites())).containsExactly("a.hotconfig Idle;");
        assertThat(book.forwarderWrites()).isEmpty();
    }

    @Test
    void thereIsABound() throws Exception {
        Topology topology = topology("\"a\": {}, \"b\": {}", "");
        AttachBook book = book(topology);
        for (int i = 0; i < AttachBook.ATTACHED_MAX; i++) {
            book.add("d" + i, node(topology, "a"));
        }
        assertThatThrownBy(() -> book.add("more", node(topology, "a")))
                .hasMessageContaining("at most 64");
        assertThatThrownBy(() -> book.add("d0", node(topology, "a")))
                .hasMessageContaining("attached already");
    }
}
