package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import vini.forwarder.io.ProcessCalls;
import vini.net.IpAddress;
import vini.net.Prefix;
import vini.overlay.host.Capabilities;
import vini.overlay.host.Possibility;
import vini.overlay.json.Problems;
import vini.overlay.topology.Link;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The paper's figure 2, with real programs and in a hurry: a user outside with a stock VPN client,
 * a web server outside, Abilene between them, and a link that fails during a download.
 */
@Timeout(180)
class OutsideUserSystemTest {
    private static final Path SHIPPED = Path.of("outside-user.json");
    private static final Path CAPTURES = Path.of("target", "captures");
    private static final int FIRST_PORT = 10_000;

    @TempDir Path folder;
    private final List<ViniProcess> started = new ArrayList<>();

    @BeforeEach
    void write() throws Exception {
        assumeTrue(ProcessCalls.geteuid() == 0, "outside hosts need root");
        Possibility kernel = Capabilities.kernelHosts();
        assumeTrue(kernel.possible(), kernel.sentence());
        for (String program : List.of("wireguard-go", "wg", "nginx", "curl", "tcpdump")) {
            boolean there =
                    Stream.of("/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin")
                            .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
            assumeTrue(there, program + " is not installed");
        }
        Files.createDirectories(folder.resolve("outside-user"));
        Files.createDirectories(folder.resolve("topologies"));
        Files.writeString(
                folder.resolve("topologies/abilene-doors.json"),
                Files.readString(Path.of("../topologies/abilene-doors.json"))
                        .replace("\"5s\"", "\"1s\"")
                        .replace("\"10s\"", "\"3s\""));
        Files.copy(Path.of("outside-user/nginx.conf"), folder.resolve("outside-user/nginx.conf"));
        Files.writeString(
                folder.resolve("outside-user/web.sh"),
                Files.readString(Path.of("outside-user/web.sh")).replace("104857600", "41943040"));
        Files.writeString(
                folder.resolve("hurry.json"),
                Files.readString(SHIPPED)
                        .replace("../topologies", "topologies")
                        .replace("\"70s\"", "\"30s\"")
                        .replace("\"14s\"", "\"8s\"")
                        .replace("\"54s\"", "\"22s\"")
                        .replace("[13.8, 14.3]", "[7.8, 8.3]")
                        .replace("[5, 11]", "[1.5, 5]")
                        .replace("\"below\": 14", "\"below\": 8")
                        .replace("\"above\": 19", "\"above\": 10")
                        // a machine that runs tests is busy
                        .replace("[74.5, 80]", "[74.5, 95]")
                        .replace("[85.5, 91]", "[85.5, 105]")
                        .replace("\"below\": 1}", "\"below\": 4}")
                        .replaceFirst("[0-9a-f]{64}", sum()));
    }

    /** The checksum of the smaller file. */
    private String sum() throws Exception {
        Process sum =
                new ProcessBuilder("sh", "-c", "seq 1 20000000 | head -c 41943040 | sha256sum")
                        .start();
        String said =
                new String(sum.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .substring(0, 64);
        assertThat(sum.waitFor()).isZero();
        return said;
    }

    @AfterEach
    void killWhatIsLeft() throws Exception {
        for (ViniProcess process : started) {
            if (process.isAlive()) {
                process.signal("KILL");
            }
        }
        ViniProcess.run(folder, "down", "--all");
        ViniProcess.assertNothingIsLeft(folder);
    }

    private ViniProcess start(List<String> command) throws IOException {
        ViniProcess process = ViniProcess.startCommand(folder, command);
        started.add(process);
        return process;
    }

    @Test
    void aUserLoadsAPageAndAFileThroughTheSliceWhileALinkFails() throws Exception {
        Path captured = folder.resolve("lo.pcap");
        ViniProcess tcpdump =
                start(
                        List.of(
                                "tcpdump",
                                "-Z",
                                "root",
                                "-i",
                                "lo",
                                "-s",
                                "300",
                                "-U",
                                "-n",
                                "-w",
                                captured.toString(),
                                "udp and net 127.77.0.0/16"));
        await().atMost(Duration.ofSeconds(20)).until(() -> tcpdump.err().contains("listening on"));
        ViniProcess run = start(ViniProcess.command("run", "hurry.json", "--out", "r"));
        await().atMost(Duration.ofSeconds(60)).until(() -> run.out().contains("routers full"));
        int slice = sliceNumber();
        ViniProcess.Result result = run.end();
        tcpdump.signal("INT");
        tcpdump.end();
        assertThat(result.status()).as("%s", result).isZero();

        JsonNode summary =
                JsonMapper.shared().readTree(Files.readString(folder.resolve("r/summary.json")));
        assertThat(summary.path("verdict").asString()).isEqualTo("passed");
        assertThat(Files.readString(folder.resolve("r/programs/page/page.txt")))
                .isEqualTo("Hello from the other side.\n");
        assertThat(Files.readString(folder.resolve("r/download.jsonl"))).contains("-: OK");
        theServerHasSeenTheEgressOnly();
        assertThat(folder.resolve("r/programs/server/www/big")).doesNotExist();

        Files.createDirectories(CAPTURES);
        Files.copy(
                captured,
                CAPTURES.resolve("outside-user.pcap"),
                StandardCopyOption.REPLACE_EXISTING);
        requestAndReplyCrossedEachLink(
                Capture.read(captured).stream().filter(d -> d.slice() == slice).toList());
        assertThat(programs()).isEmpty();
    }

    /** The tunnels of slice n are at 127.77.n.0/24. */
    private int sliceNumber() throws IOException {
        String graph = Files.readString(folder.resolve("x/vini/abilene-doors/graphs/wash.click"));
        int at = graph.indexOf("127.77.");
        assertThat(at).as(graph).isPositive();
        return Integer.parseInt(graph.substring(at + 7, graph.indexOf('.', at + 7)));
    }

    private void theServerHasSeenTheEgressOnly() throws IOException {
        List<String> log = Files.readAllLines(folder.resolve("r/programs/server/access.log"));
        assertThat(log).hasSize(2);
        Prefix egresses = Prefix.parse("198.18.0.0/15");
        for (String line : log) {
            IpAddress client = IpAddress.parse(line.substring(0, line.indexOf(' ')));
            assertThat(egresses.contains(client)).as(line).isTrue();
        }
        assertThat(log.getFirst()).contains("\"GET / HTTP/1.1\" 200");
        assertThat(log.getLast()).contains("\"GET /big HTTP/1.1\" 200 41943040");
    }

    /** The page's, on the way from Washington to Seattle and back, and on no other link. */
    private void requestAndReplyCrossedEachLink(List<Capture.Datagram> datagrams) {
        Topology topology =
                TopologyFile.read(folder.resolve("topologies/abilene-doors.json"), new Problems());
        List<String> way = List.of("wash", "nycm", "chin", "ipls", "kscy", "dnvr", "sttl");
        List<String> requests = new ArrayList<>();
        List<String> replies = new ArrayList<>();
        for (Capture.Datagram datagram : datagrams) {
            Link link = topology.links().get((datagram.to() - FIRST_PORT) / 2);
            boolean forth = datagram.from() % 2 == 0; // the first end has the even port
            String hop =
                    (forth ? link.a() : link.b()).name()
                            + " "
                            + (forth ? link.b() : link.a()).name();
            if (datagram.holds("GET / HTTP/1.1\r\nHost: web\r\n")) {
                requests.add(hop);
            } else if (datagram.holds("HTTP/1.1 200 OK\r\n")
                    && datagram.holds("Content-Length: 27\r\n")) {
                replies.add(hop);
            }
        }
        List<String> there = new ArrayList<>();
        List<String> back = new ArrayList<>();
        for (int i = 1; i < way.size(); i++) {
            there.add(way.get(i - 1) + " " + way.get(i));
            back.addFirst(way.get(i) + " " + way.get(i - 1));
        }
        assertThat(requests).as("requests").containsExactlyElementsOf(there);
        assertThat(replies).as("replies").containsExactlyElementsOf(back);
    }

    /** New York takes over, and Washington again when it is back. */
    @Test
    void aUserGoesOnWhenTheIngressDies() throws Exception {
        Files.copy(Path.of("ingress-failover.json"), folder.resolve("outside-user/failover.json"));
        ViniProcess run =
                start(ViniProcess.command("run", "outside-user/failover.json", "--out", "f"));
        ViniProcess.Result result = run.end();
        assertThat(result.status()).as("%s", result).isZero();
        ViniProcess.assertNothingIsLeft(folder);
    }

    @Test
    void neitherControlCNorAKillLeavesAProgram() throws Exception {
        ViniProcess run = start(ViniProcess.command("run", "hurry.json", "--out", "i"));
        await().atMost(Duration.ofSeconds(60)).until(() -> run.out().contains("page: curl"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> programs().stream().anyMatch(line -> line.contains("curl")));
        run.signal("INT");
        assertThat(run.end().status()).as(run.err()).isEqualTo(130);
        assertThat(programs()).isEmpty();
        assertThat(folder.resolve("i/report.html")).isNotEmptyFile();
        ViniProcess.assertNothingIsLeft(folder);

        ViniProcess killed = start(ViniProcess.command("run", "hurry.json", "--out", "k"));
        await().atMost(Duration.ofSeconds(60)).until(() -> killed.out().contains("page: curl"));
        assertThat(programs()).isNotEmpty();
        killed.signal("KILL");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(programs()).isEmpty());
    }

    /** The command lines of programs that work in a run's folder, and of VPN clients. */
    private List<String> programs() throws IOException {
        List<String> found = new ArrayList<>();
        try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                try {
                    Path works = process.resolve("cwd").toRealPath();
                    String line = Files.readString(process.resolve("cmdline")).replace('\0', ' ');
                    if (works.toString().contains("/programs/")
                            && works.startsWith(folder.toRealPath())) {
                        found.add(line);
                    } else if (line.startsWith("wireguard-go")
                            && works.equals(folder.toRealPath())) {
                        found.add(line);
                    }
                } catch (IOException e) {
                    // it has just ended
                }
            }
        }
        return found;
    }
}
