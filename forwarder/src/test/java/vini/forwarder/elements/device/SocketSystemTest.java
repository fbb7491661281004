package vini.forwarder.elements.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import vini.forwarder.Graph;
import vini.forwarder.io.ProcessCalls;
import vini.forwarder.kit.LiveGraph;
import vini.forwarder.kit.Packets;

import java.nio.file.Path;

/** Socket, RawSocket and McastSocket on loopback. */
@Timeout(60)
class SocketSystemTest {
    @TempDir private Path folder = Path.of("");

    private static String port(LiveGraph live, String element) throws Exception {
        return live.read(element + ".port");
    }

    @Test
    void aUdpServerAnswersToWhomItHeardLast() throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            Graph server =
                    live.start(
                            "n",
                            "in :: Inject -> s :: Socket(UDP, 127.0.0.1, 0) -> out :: Collect;");
            // Nobody was heard yet.
            live.push(server, "in", "00");
            assertThat(live.books(server)).contains("drop s notSent 1");
            Graph client =
                    live.start(
                            "c",
                            "in :: Inject -> s :: Socket(UDP, 127.0.0.1, "
                                    + port(live, "s")
                                    + ", CLIENT true, SNAPLEN 2) -> out :: Collect;");
            live.push(client, "in", "0102", "03");
            live.await1(server, "out", "0102"::equals);
            live.await1(server, "out", "03"::equals);
            live.push(server, "in", "040506");
            live.await1(client, "out", "0405"::equals);
        }
    }

    @Test
    void aUdpClientWithoutAddressGoesByTheAnnotation() throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            Graph server = live.start("n", "s :: Socket(UDP, 127.0.0.1, 0) -> out :: Collect;");
            String packet = Packets.ipv4("10.0.0.1", "127.0.0.1", 64, 17, "04d2162e00080000");
            Graph client =
                    live.start(
                            "c",
                            "in :: Inject -> CheckIPHeader -> Socket(UDP, 0.0.0.0, "
                                    + port(live, "s")
                                    + ");");
            live.push(client, "in", packet);
            live.await1(server, "out", packet::equals);
        }
    }

    @Test
    void tablesSayWhoMaySend() throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            Graph server =
                    live.start(
                            "n",
                            "allow :: RadixIPLookup(127.0.0.2/32 0);"
                                    + "deny :: RadixIPLookup(0.0.0.0/0 0);"
                                    + "allow -> deny -> allow;"
                                    + "s :: Socket(UDP, 127.0.0.1, 0, ALLOW allow, DENY deny)"
                                    + " -> out :: Collect;");
            Graph clients =
                    live.start(
                            "c",
                            "a :: Inject -> Socket(UDP, 127.0.0.1, %PORT%, 127.0.0.3);"
                                            .replace("%PORT%", port(live, "s"))
                                    + "b :: Inject -> Socket(UDP, 127.0.0.1, %PORT%, 127.0.0.2);"
                                            .replace("%PORT%", port(live, "s")));
            live.push(clients, "a", "0a");
            live.push(clients, "b", "0b");
            live.await1(server, "out", "0b"::equals);
            await().until(() -> live.books(server).contains("drop s denied 1"));
            assertThat(live.out(server, "out")).containsExactly("0b");
            assertThatThrownBy(
                            () -> live.start("x", "Socket(UDP, 127.0.0.1, 0, DENY no) -> Discard;"))
                    .hasMessageContaining("DENY: there is no element 'no'");
        }
    }

    @Test
    void aTcpServerServesOneAfterTheOther() throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            Graph server =
                    live.start(
                            "n",
                            "in :: Inject -> s :: Socket(TCP, 127.0.0.1, 0, VERBOSE true)"
                                    + " -> out :: Collect;");
            String text =
                    "in :: Inject -> q :: Queue -> Socket(TCP, 127.0.0.1, "
                            + port(live, "s")
                            + ", CLIENT true) -> out :: Collect;";
            try (LiveGraph first = new LiveGraph()) {
                Graph client = first.start("n", text);
                first.push(client, "in", "0102");
                live.await1(server, "out", "0102"::equals);
                live.push(server, "in", "03");
                first.await1(client, "out", "03"::equals);
                Graph second = live.start("second", text);
                live.push(second, "in", "04");
                assertThat(live.out(server, "out")).containsExactly("0102");
            }
            live.await1(server, "out", "04"::equals);
            assertThat(live.chatter)
                    .containsExactly(
                            "s: connected with 127.0.0.1",
                            "s: disconnected from 127.0.0.1",
                            "s: connected with 127.0.0.1");
        }
    }

    @Test
    void aQueueBeforeAStreamLosesNothingWhereAPushDrops() throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            Graph server =
                    live.start(
                            "n",
                            "s :: Socket(TCP, 127.0.0.1, 0, RCVBUF 4096, SNAPLEN 65535)"
                                    + " -> c :: Counter -> Discard;");
            Graph client =
                    live.start(
                            "c",
                            "s :: InfiniteSource(LENGTH 50000, LIMIT 200) -> q :: Queue(300)"
                                    + " -> t :: Socket(TCP, 127.0.0.1, "
                                    + port(live, "s")
                                    + ", SNDBUF 8192);");
            await().until(() -> live.read("c.byte_count").equals("10000000"));
            assertThat(live.books(client)).contains("delivered 200").doesNotContain("drop t");
            assertThat(live.books(server)).doesNotContain("drop");
        }
    }

    @Test
    void unixSocketsOfBothKinds() throws Exception {
        for (String kind : new String[] {"UNIX", "UNIX_DGRAM"}) {
            Path file = folder.resolve(kind);
            try (LiveGraph live = new LiveGraph()) {
                Graph server =
                        live.start(
                                "n",
                                "in :: Inject -> Socket("
                                        + kind
                                        + ", "
                                        + file
                                        + ") -> out :: Collect;");
                Graph client =
                        live.start(
                                "c",
                                "in :: Inject -> Socket("
                                        + kind
                                        + ", "
                                        + file
                                        + ", "
                                        + file
                                        + ".c) -> out :: Collect;");
                live.push(client, "in", "01");
                live.await1(server, "out", "01"::equals);
                live.push(server, "in", "02");
                live.await1(client, "out", "02"::equals);
            }
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void whatCannotBeIsTold() {
        assertThatThrownBy(() -> LiveGraph.of("Idle -> Socket(TCP, 127.0.0.1, 1);"))
                .hasMessageEndingWith("127.0.0.1:1: connect: Connection refused (ECONNREFUSED)");
        assertThatThrownBy(() -> LiveGraph.of("Idle -> Socket(SCTP, 127.0.0.1, 1);"))
                .hasMessageEndingWith("TYPE: 'SCTP' is none of TCP, UDP, UNIX, UNIX_DGRAM");
        assertThatThrownBy(() -> LiveGraph.of("Idle -> Socket(UDP, 127.0.0.1, 70000);"))
                .hasMessageEndingWith("PORT: 70000 is outside 0 to 65535");
        assertThatThrownBy(() -> LiveGraph.of("Idle -> McastSocket(10.0.0.1, 1);"))
                .hasMessageEndingWith("MCASTIP: 10.0.0.1 is no multicast address");
        assertThatThrownBy(() -> LiveGraph.of("Socket(UNIX, /no/such/folder/s) -> Discard;"))
                .hasMessageContaining("/no/such/folder/s: bind: No such file");
    }

    @Test
    void aGroupHearsEachOtherButNotItself() throws Exception {
        try (LiveGraph live = new LiveGraph()) {
            String text =
                    "in :: Inject -> McastSocket(239.255.77.7, 17077, 127.0.0.1) -> out ::"
                            + " Collect;";
            Graph one = live.start("n", text);
            Graph two = live.start("two", text);
            live.push(one, "in", "01");
            live.await1(two, "out", "01"::equals);
            live.push(two, "in", "02");
            live.await1(one, "out", "02"::equals);
            assertThat(live.out(one, "out")).containsExactly("02");
            assertThat(live.out(two, "out")).containsExactly("01");
        }
    }

    @Test
    void rawPacketsGoBothWays() throws Exception {
        assumeTrue(ProcessCalls.geteuid() == 0, "raw sockets need root");
        try (LiveGraph live = new LiveGraph()) {
            Graph graph =
                    live.start(
                            "n",
                            "r :: RawSocket(UDP, 17078) -> out :: Collect;"
                                    + "in :: Inject -> Queue -> RawSocket(UDP);");
            String packet = Packets.ipv4("127.0.0.1", "127.0.0.1", 64, 17, "04d242b60009000007");
            String other = Packets.ipv4("127.0.0.1", "127.0.0.1", 64, 17, "04d242b70009000008");
            live.push(graph, "in", other, "00", packet);
            assertThat(live.await1(graph, "out", hex -> hex.endsWith("07"))).isEqualTo(packet);
            assertThat(live.out(graph, "out")).hasSize(1);
            assertThat(live.books(graph)).contains("notSent 1");
        }
    }
}
