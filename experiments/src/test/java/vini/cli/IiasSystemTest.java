package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import vini.forwarder.control.ControlClient;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code docs/examples/iias.click}: a client's programs, node A, a UDP tunnel, node B, NAPT, a web
 * server that knows nothing of the slice; and back.
 */
@Timeout(180)
class IiasSystemTest {
    private static final Path EXAMPLE = Path.of("../docs/examples/iias.click");

    @TempDir Path folder;

    private Path node(NamespaceLab lab, String namespace, String... variables) throws Exception {
        Path socket = folder.resolve(namespace + ".sock");
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "click",
                                "-u",
                                socket.toString(),
                                EXAMPLE.toAbsolutePath().toString()));
        arguments.addAll(List.of(variables));
        lab.start(namespace, ViniProcess.command(arguments.toArray(String[]::new)));
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(socket));
        return socket;
    }

    @Test
    void aPageComesFromTheWorldThroughTheSlice() throws Exception {
        NamespaceLab lab = new NamespaceLab(folder);
        try {
            for (String name : List.of("client", "a", "b", "web")) {
                lab.namespace(name);
            }
            lab.wire("a", "e0", "b", "e0");
            lab.ip("a", "addr add 192.0.2.1/24 dev e0");
            lab.ip("b", "addr add 192.0.2.2/24 dev e0");
            lab.wire("b", "e1", "web", "e0");
            lab.ip("b", "addr add 203.0.113.1/24 dev e1");
            lab.ip("web", "addr add 203.0.113.80/24 dev e0");
            lab.ip("web", "route add 198.51.100.0/30 via 203.0.113.1");
            lab.said("b", "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
            node(
                    lab,
                    "a",
                    "HERE=192.0.2.1",
                    "THERE=192.0.2.2",
                    "NETNS=" + lab.path("client"),
                    "GATEWAY=10.77.1.254");
            Path b =
                    node(
                            lab,
                            "b",
                            "HERE=192.0.2.2",
                            "THERE=192.0.2.1",
                            "TUN=10.77.2.1/16",
                            "NODE=10.77.2.254",
                            "OWN=10.77.2.0/24",
                            "OTHER=10.77.1.0/24",
                            "NEXT=10.77.128.1",
                            "DEFAULT=2");
            // Within the slice: the programs of B, whose kernel answers by the device that it has.
            assertThat(lab.said("client", "ping", "-c", "2", "-i", "0.2", "10.77.2.1"))
                    .contains("2 received");
            // To the world.
            assertThat(lab.said("client", "ping", "-c", "2", "-i", "0.2", "203.0.113.80"))
                    .contains("2 received");
            Path page = Files.writeString(folder.resolve("page.html"), "Internet In A Slice\n");
            lab.start(
                    "web",
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-m",
                            "jdk.httpserver",
                            "-b",
                            "203.0.113.80",
                            "-p",
                            "8000",
                            "-d",
                            folder.toString()));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> lab.said("web", "ss", "-lnt").contains(":8000"));
            assertThat(
                            lab.said(
                                    "client",
                                    "bash",
                                    "-c",
                                    "exec 3<>/dev/tcp/203.0.113.80/8000;"
                                            + " printf 'GET /page.html HTTP/1.0\\r\\n\\r\\n' >&3;"
                                            + " cat <&3"))
                    .contains("200 OK")
                    .endsWith(Files.readString(page));
            try (ControlClient client = ControlClient.connect(b)) {
                // The server saw the public address.
                assertThat(client.read("napt.tcp_table")).contains("198.51.100.2", "10.77.1.1");
                assertThat(client.read("pings.nmappings")).isEqualTo("1");
            }
        } finally {
            lab.end();
        }
    }
}
