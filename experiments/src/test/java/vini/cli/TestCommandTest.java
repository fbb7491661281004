package vini.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import vini.experiment.VirtualRunner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;

/** Folders of experiments in virtual time. */
class TestCommandTest {
    private static final String PAIR =
            """
            {"name": "pair", "duration": "2s",
             "topology": {"name": "pair", "nodes": {"a": {}, "b": {}},
                          "links": [{"between": ["a", "b"], "delay": "5ms"}]},
             "probes": [{"name": "rtt", "ping": {"from": "a", "to": "b", "every": "100ms"}}],
             "expect": [{"that": "probes.rtt.phases[0].rtt_ms.median", "below": "%s"},
                        {"that": "packets.loops", "equals": 0}]}
            """;

    @TempDir Path folder;

    private final CommandRun vini =
            new CommandRun(
                    Map.of(),
                    new VirtualRunner(new LocalSurroundings(Map.of(), "test", List.of())));

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path experiment(String name, String below) throws IOException {
        return write(name, PAIR.formatted(below));
    }

    private int test(String... more) {
        List<String> arguments = new ArrayList<>(List.of("test", folder.resolve("in").toString()));
        arguments.addAll(List.of("--out", folder.resolve("out").toString()));
        arguments.addAll(List.of("--junit", folder.resolve("results.xml").toString()));
        arguments.addAll(List.of(more));
        return vini.run(arguments.toArray(new String[0]));
    }

    private Document junit() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("results.xml").toFile());
    }

    private static List<Element> all(Document document, String tag) {
        NodeList nodes = document.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    @Test
    void allPass() throws Exception {
        experiment("in/one.json", "11ms");
        experiment("in/deep/two.json", "12ms");
        write("in/topology.json", "{\"name\": \"t\", \"nodes\": {\"a\": {}}}");

        assertThat(test()).isZero();

        assertThat(vini.out()).contains("✓ one  virtual", "✓ deep/two", "2 of 2 experiments");
        assertThat(vini.err()).contains("topology.json is no experiment");
        assertThat(folder.resolve("out/deep/two/report.html")).isNotEmptyFile();
        Element suites = junit().getDocumentElement();
        assertThat(suites.getAttribute("tests")).isEqualTo("6");
        assertThat(suites.getAttribute("failures")).isEqualTo("0");
        assertThat(all(junit(), "testsuite")).hasSize(2);
        assertThat(all(junit(), "testcase"))
                .extracting(each -> each.getAttribute("name"))
                .startsWith(
                        "verdict",
                        "probes.rtt.phases[0].rtt_ms.median: below 12ms",
                        "packets.loops: 0");
        assertThat(all(junit(), "system-out").getFirst().getTextContent())
                .contains("passed", folder.resolve("out/deep/two/report.html").toString());
        // The runs of before are no experiments.
        assertThat(vini.run("test", folder.resolve("out").toString())).isEqualTo(2);
        assertThat(vini.err()).contains("is the folder of a run", "no experiment to run");
    }

    /** A server of builds follows a case by its name from run to run. */
    @Test
    void aCaseHasTheSameNameWhateverIsMeasured() throws Exception {
        write(
                "in/one.json",
                PAIR.formatted("11ms")
                        .replace(
                                "{\"that\": \"packets.loops\", \"equals\": 0}",
                                "{\"that\": \"probes.rtt.sent\", \"within\": \"50%\","
                                        + " \"of\": \"probes.rtt.received\"}"));
        assertThat(test()).isZero();
        assertThat(all(junit(), "testcase"))
                .extracting(each -> each.getAttribute("name"))
                .contains("probes.rtt.sent: within 50% of probes.rtt.received");
    }

    @Test
    void aLineOfSeveralPingsSaysWhichOneItMeans() throws Exception {
        write(
                "in/one.json",
                PAIR.formatted("11ms")
                        .replace(
                                "\"probes\": [",
                                "\"probes\": [{\"name\": \"back\", \"ping\": {\"from\": \"b\","
                                        + " \"to\": \"a\"}}, "));
        assertThat(test()).isZero();
        assertThat(vini.out()).contains("back: 10.0 ms").doesNotContain("rtt:");
    }

    @Test
    void oneThatFailsAndOneThatIsBrokenAreTold() throws Exception {
        experiment("in/good.json", "11ms");
        experiment("in/slow.json", "5ms");
        write("in/broken.json", "{\"name\": \"x\", \"duration\": \"5 parsec\"}");
        write("in/torn.json", "{\"name\": ");

        assertThat(test("--jobs", "1")).isEqualTo(1);

        assertThat(vini.out())
                .contains(
                        "✓ good",
                        "✗ slow",
                        "probes.rtt.phases[0].rtt_ms.median is 10, expected: below 5ms",
                        "✗ broken",
                        "5 parsec",
                        "✗ torn",
                        "1 of 4 experiments passed");
        Element suites = junit().getDocumentElement();
        assertThat(suites.getAttribute("tests")).isEqualTo("8");
        assertThat(suites.getAttribute("failures")).isEqualTo("2");
        assertThat(suites.getAttribute("errors")).isEqualTo("2");
        assertThat(all(junit(), "failure"))
                .extracting(each -> each.getAttribute("message"))
                .contains("probes.rtt.phases[0].rtt_ms.median is 10, expected: below 5ms");
        assertThat(all(junit(), "error").getFirst().getAttribute("message"))
                .contains("broken.json:1:");
    }

    @Test
    void whereNothingCanRunTheStatusSaysSo() throws Exception {
        write("in/broken.json", "{\"name\": \"x\", \"duration\": \"5 parsec\"}");
        assertThat(test()).isEqualTo(2);
        assertThat(vini.run("test", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(vini.err()).contains("none: no such file or folder");
    }

    @Test
    void whatIsAskedForLiveIsNotRunVirtually() throws Exception {
        experiment("in/one.json", "11ms");
        write(
                "in/live.json",
                PAIR.formatted("11ms")
                        .replace("\"duration\"", "\"world\": \"live\", \"duration\""));
        List<String> worlds = new ArrayList<>();
        CommandRun asked =
                new CommandRun(
                        Map.of(),
                        (request, listener) -> {
                            synchronized (worlds) {
                                worlds.add(
                                        request.experiment().getFileName() + " " + request.world());
                            }
                            throw CommandException.machineCannot("not in this test");
                        });
        asked.run(
                "test",
                folder.resolve("in").toString(),
                "--hosts",
                "builtin",
                "--out",
                folder.resolve("out").toString());
        assertThat(worlds).containsExactly("one.json virtual", "live.json live");
    }
}
