package vini.overlay.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import vini.net.IpAddress;
import vini.overlay.json.InputException;
import vini.overlay.json.JsonFile;
import vini.overlay.json.Place;
import vini.overlay.json.Problem;
import vini.overlay.json.Problems;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

class TopologyFileTest {
    private static final Path SHIPPED = Path.of("../topologies");

    /** The example of the interface, as researchers were given it. */
    private static final String TRIANGLE =
            """
            { "$schema": "../docs/schema/topology.schema.json",
              "name": "triangle",
              "nodes": { "a": {"label": "Alpha", "location": [52.5, 13.4]}, "b": {"address": "10.77.0.9"}, "c": {} },
              "links": [
                {"between": ["a", "b"], "cost": 10, "delay": "2ms", "rate": "100Mbps", "queue": 100},
                {"between": ["b", "c"], "cost": [10, 20], "jitter": "0.1ms", "forward": {"delay": "2ms"}, "backward": {"delay": "3ms", "loss": "0.1%"}},
                {"between": ["c", "a"]} ],
              "routing": {"protocol": "ospf", "hello": "5s", "dead": "10s"},
              "hosts": "auto", "tunnels": "auto" }
            """;

    @TempDir Path folder;

    @Test
    void readsTheExample() {
        Topology triangle = read(TRIANGLE);

        Node a =
                new Node(
                        0,
                        "a",
                        "Alpha",
                        new Location(52.5, 13.4),
                        List.of(),
                        null,
                        null,
                        List.of());
        Node b =
                new Node(
                        1,
                        "b",
                        null,
                        null,
                        List.of(IpAddress.parse("10.77.0.9")),
                        null,
                        null,
                        List.of());
        Node c = new Node(2, "c", null, null, List.of(), null, null, List.of());
        assertThat(triangle.nodes()).containsExactly(a, b, c);
        assertThat(triangle.routing()).isEqualTo(new Routing(Protocol.OSPF, 5, 10));
        assertThat(triangle.links().get(0).forward())
                .isEqualTo(new Direction(10, 2_000_000, 0, 0, 100_000_000, 100));
        assertThat(triangle.links().get(1).forward())
                .isEqualTo(new Direction(10, 2_000_000, 100_000, 0, 0, 100));
        assertThat(triangle.links().get(1).backward())
                .isEqualTo(new Direction(20, 3_000_000, 100_000, 0.001, 0, 100));
        Link last = triangle.links().get(2);
        assertThat(last.forward()).isEqualTo(new Direction(10, 0, 0, 0, 0, 100));
        assertThat(last.mtu()).isEqualTo(1500);
        assertThat(triangle.link("a", "c")).isSameAs(last);
        assertThat(last.other(a)).isEqualTo(c);
        assertThat(triangle.prefix()).hasToString("10.77.0.0/16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abilene", "triangle", "ring6", "grid5x5"})
    void whatIsWrittenReadsAsTheSame(String name) throws IOException {
        Problems problems = new Problems();
        Topology topology = TopologyFile.read(SHIPPED.resolve(name + ".json"), problems);

        assertThat(problems.notes()).isEmpty();
        assertThat(topology.name()).isEqualTo(name);
        String written = TopologyFile.write(topology);
        assertThat(read(written)).isEqualTo(topology);
        assertThat(TopologyFile.write(read(written))).isEqualTo(written);
    }

    @Test
    void abileneHasTheDelaysOfThePaper() {
        Topology abilene = TopologyFile.read(SHIPPED.resolve("abilene.json"), new Problems());

        assertThat(abilene.nodes()).hasSize(11);
        assertThat(abilene.links()).hasSize(14);
        assertThat(delayNanos(abilene, "wash nycm chin ipls kscy dnvr sttl")).isEqualTo(38_000_000);
        assertThat(delayNanos(abilene, "wash atla hstn losa snva sttl")).isEqualTo(43_500_000);
        assertThat(abilene.tunnels()).isEqualTo(TunnelsMode.UDP);
    }

    private static long delayNanos(Topology topology, String path) {
        String[] nodes = path.split(" ", -1);
        long delay = 0;
        for (int i = 1; i < nodes.length; i++) {
            Link link = Objects.requireNonNull(topology.link(nodes[i - 1], nodes[i]));
            delay += link.forward().delayNanos();
        }
        return delay;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"between": ["a", "bb"]} | 1:37: no node "bb"; did you mean "b"?
                    {"between": ["b", "a"]}, {"between": ["a", "b"]} | 1:56: "between": a link between "a" and "b" is there already (line 1); keep one of them
                    {"between": ["a", "a"]} | 1:31: "between": a link from "a" to itself; name two nodes
                    {"between": ["a"]} | 1:31: "between": name the two nodes of the link, as in ["a", "b"]
                    {"between": ["a", "b"], "delay": "-5ms"} | 1:52: "delay": "-5ms" is negative; write 0 or more
                    {"between": ["a", "b"], "delay": "5 msec"} | 1:52: "delay": "5 msec" is not a time: use a number with ns, us, ms, s, m or h, as in "5ms"
                    {"between": ["a", "b"], "delay": 5} | 1:52: "delay": "5" is not a time: use a number with ns, us, ms, s, m or h, as in "5ms"
                    {"between": ["a", "b"], "delay": "61s"} | 1:52: "delay": "61s" is more than 60s
                    {"between": ["a", "b"], "delay": []} | 1:52: "delay": a list is not a time like "5ms"
                    {"between": ["a", "b"], "dealy": "5ms"} | 1:43: unknown key "dealy" in a link; did you mean "delay"?
                    {"between": ["a", "b"], "colour": 1} | 1:43: unknown key "colour" in a link; known are between, cost, delay, jitter, loss, rate, queue, mtu, forward, backward, addresses, via, watch
                    {"between": ["a", "b"], "cost": 0} | 1:51: "cost": 0 is not a whole number, 1-65535
                    {"between": ["a", "b"], "cost": [1, 65536]} | 1:55: "cost": 65536 is not a whole number, 1-65535
                    {"between": ["a", "b"], "loss": "101%"} | 1:51: "loss": "101%" is more than 100%
                    {"between": ["a", "b"], "loss": "0.1"} | 1:51: "loss": "0.1" is not a share: use a percentage, as in "0.1%"
                    {"between": ["a", "b"], "rate": "5MB"} | 1:51: "rate": "5MB" is not a rate: use a number with kbps, Mbps or Gbps, as in "100Mbps"
                    {"between": ["a", "b"], "queue": "5"} | 1:52: "queue": "5" is not a number; write it without quotes
                    {"between": ["a", "b"], "queue": 1.5} | 1:52: "queue": 1.5 is not a whole number
                    {"between": ["a", "b"], "mtu": 500} | 1:50: "mtu": 500 is outside 576-65507
                    {"between": ["a", "b"], "mtu": 1e999999999} | 1:50: "mtu": 1e999999999 is outside 576-65507
                    {"cost": 1} | 1:19: a link needs "between"
                    {"between": ["a", "b"], "forward": {"delay": "x"}} | 1:64: "delay": "x" is not a time: use a number with ns, us, ms, s, m or h, as in "5ms"
                    {"between": ["a", "b"], "addresses": ["10.1.0.1/30", "10.1.0.6/30"]} | 1:72: "addresses": 10.1.0.6/30 is not in the prefix of the other end, 10.1.0.0/30
                    {"between": ["a", "b"], "addresses": ["10.1.0.1/30", "10.1.0.3/30"]} | 1:72: "addresses": 10.1.0.3/30 is the broadcast address
                    {"between": ["a", "b"], "addresses": ["10.1.0.1", "10.1.0.2"]} | 1:57: "addresses": "10.1.0.1" has no length; write it as in "10.1.0.1/30"
                    """)
    void namesTheMistakeInALink(String link, String message) {
        String text =
                "{\"links\": [       "
                        + link
                        + "], \"name\": \"t\", \"nodes\": {\"a\": {}, \"b\": {}}}";
        List<String> mistakes = mistakes(text);
        assertThat(mistakes.getFirst()).isEqualTo("t.json:" + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"name": "t", "nodes": {}} | t.json:1:24: "nodes": 0 entries; write 1-10000
                    {"name": "t"} | t.json:1:1: a topology needs "nodes"
                    {"nodes": {"a": {}}} | t.json:1:1: a topology needs "name"
                    {"name": "T", "nodes": {"a": {}}} | t.json:1:10: "name": "T" is not a name: use 1-32 of a-z, 0-9 and -, with a letter first
                    {"name": "t", "nodes": {"a b": {}}} | t.json:1:25: "a b" is not a name: use 1-32 of a-z, 0-9 and -, with a letter first
                    {"name": "t", "nodes": {"a": {"location": [91, 0]}}} | t.json:1:44: "location": latitude 91 is outside -90 to 90
                    {"name": "t", "nodes": {"a": {"location": "here"}}} | t.json:1:43: "location": is not [latitude, longitude] in degrees, as in [52.5, 13.4]
                    {"name": "t", "nodes": {"a": {"address": "10.0.0.1"}, "b": {"address": "10.0.0.1"}}} | t.json:1:72: "address": "10.0.0.1" belongs to node "a" already
                    {"name": "t", "nodes": {"a": {"address": "10.0.0.256"}}} | t.json:1:42: "address": "10.0.0.256" is not an IPv4 address like 10.77.0.1
                    {"name": "t", "nodes": {"a": {"address": "224.0.0.5"}}} | t.json:1:42: "address": 224.0.0.5 is multicast or reserved; a node needs a unicast address
                    {"name": "t", "nodes": {"a": {}, "a": {}}} | t.json:1:34: the key "a" is there already (line 1); keep one of them
                    {"name": "t", "nodes": {"a": {}}, "hosts": "kernal"} | t.json:1:44: "hosts": "kernal" is none of "auto", "kernel", "tap", "builtin"; did you mean "kernel"?
                    {"name": "t", "nodes": {"a": {}}, "routing": "frr"} | t.json:1:46: "routing": "frr" comes later; for now use "ospf"
                    {"name": "t", "nodes": {"a": {}}, "routing": {"hello": "5s", "dead": "5s"}} | t.json:1:70: "dead": must be longer than "hello" (5s); two to four times that is usual
                    {"name": "t", "nodes": {"a": {}}, "routing": {"hello": "1.5s"}} | t.json:1:56: "hello": OSPF counts whole seconds, as in "5s"
                    {"name": "t", "nodes": {"a": {}}, "routing": {"dead": "20h"}} | t.json:1:55: "dead": "20h" is more than 65535s
                    {"name": "t", "nodes": {"a": {}, "b": {}, "c": {}, "d": {}}, "prefix": "10.0.0.0/29"} | t.json:1:72: 10.0.0.0/29 has no room for node "d": it holds 3 nodes and 1 links; use a shorter "prefix"
                    {"name": "t", "nodes": {"a": {}}, "prefix": "fd00::/48"} | t.json:1:45: "prefix": fd00::/48 is IPv6, and OSPF (version 2) needs IPv4; pin IPv6 addresses by "address"
                    [] | t.json:1:1: a list is not an object { ... } for a topology
                    """)
    void namesTheMistake(String text, String message) {
        assertThat(mistakes(text)).containsExactly(message);
    }

    @Test
    void reportsAllMistakesAtOnce() {
        assertThat(
                        mistakes(
                                """
                                {"name": "t",
                                 "nodes": {"a": {}, "b": {}, "c": {"location": [0, 200]}},
                                 "links": [
                                   {"between": ["a", "x"], "delay": "5 msec"},
                                   {"between": ["b", "a"], "cots": 5},
                                   {"between": ["a", "b"]}],
                                 "tunnel": "udp"}
                                """))
                .containsExactly(
                        "t.json:2:52: \"location\": longitude 200 is outside -180 to 180",
                        "t.json:4:22: no node \"x\"; did you mean \"a\"?",
                        "t.json:4:37: \"delay\": \"5 msec\" is not a time: use a number with ns,"
                                + " us, ms, s, m or h, as in \"5ms\"",
                        "t.json:5:28: unknown key \"cots\" in a link; did you mean \"cost\"?",
                        "t.json:6:16: \"between\": a link between \"a\" and \"b\" is there already"
                                + " (line 5); keep one of them",
                        "t.json:7:2: unknown key \"tunnel\" in a topology; did you mean"
                                + " \"tunnels\"?");
    }

    /** Links are numbered in a byte of each packet: what could not start is not accepted. */
    @Test
    void namesTheLinkThatIsOneTooMany() {
        assertThat(read(star(254)).links()).hasSize(254);
        assertThat(mistakes(star(300)))
                .containsExactly(
                        "t.json:257:13: \"between\": \"hub\" has 254 links already, the most a node"
                                + " can have; join the rest by a second node");
    }

    /** The hub and so many leaves, the n-th link in line n + 2. */
    static String star(int leaves) {
        StringBuilder nodes = new StringBuilder("\"hub\": {}");
        StringBuilder links = new StringBuilder();
        for (int i = 1; i <= leaves; i++) {
            nodes.append(", \"n").append(i).append("\": {}");
            links.append(i == 1 ? "\n" : ",\n");
            links.append("{\"between\": [\"hub\", \"n").append(i).append("\"]}");
        }
        return "{\"name\": \"t\",\n\"nodes\": {%s}, \"links\": [%s]}".formatted(nodes, links);
    }

    @Test
    void saysOnceWhyAFileCannotBeRead() throws IOException {
        Path large = folder.resolve("large.json");
        try (var channel =
                Files.newByteChannel(
                        large,
                        java.util.Set.of(
                                java.nio.file.StandardOpenOption.CREATE,
                                java.nio.file.StandardOpenOption.WRITE))) {
            channel.position(100L << 20).write(java.nio.ByteBuffer.wrap(new byte[] {'}'}));
        }
        assertThat(fileMistakes(large))
                .containsExactly(
                        large
                                + ":1:1: the file has 100 MB; topologies and experiments have at"
                                + " most 16 MB");
        assertThat(fileMistakes(folder))
                .containsExactly(folder + ": is a folder; name a JSON file in it");
        Path missing = folder.resolve("larg.json");
        assertThat(fileMistakes(missing))
                .containsExactly(missing + ": there is no such file; did you mean \"large.json\"?");
    }

    private static List<String> fileMistakes(Path path) {
        InputException wrong =
                catchThrowableOfType(
                        InputException.class, () -> TopologyFile.read(path, new Problems()));
        return wrong.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void notesWhatIsNotConnected() {
        Problems problems = new Problems();
        Place root = parse("{\"name\": \"t\", \"nodes\": {\"a\": {}, \"b\": {}}}", problems);
        assertThat(TopologyFile.bind(Objects.requireNonNull(root))).isNotNull();
        assertThat(problems.none()).isTrue();
        assertThat(problems.notes()).hasToString("[t.json:1:1: no path from a to b]");
    }

    static Topology read(String text) {
        Problems problems = new Problems();
        Place root = parse(text, problems);
        Topology topology = root == null ? null : TopologyFile.bind(root);
        problems.throwIfAny();
        return Objects.requireNonNull(topology);
    }

    private static List<String> mistakes(String text) {
        InputException wrong = catchThrowableOfType(InputException.class, () -> read(text));
        assertThat(wrong).as(text).isNotNull();
        return wrong.problems().stream().map(Problem::toString).toList();
    }

    private static @Nullable Place parse(String text, Problems problems) {
        return JsonFile.of(Path.of("t.json"), "t.json", problems)
                .parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
