package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import vini.forwarder.kit.Collect;
import vini.forwarder.kit.GraphRun;
import vini.forwarder.kit.Packets;
import vini.net.Quantity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Runs the tests that are files: {@code src/test/resources/click/NAME-01.click}, one for each
 * element, in virtual time.
 *
 * <p>The whole file is a Click text; its sections are comments in it. {@code //% info} says what is
 * shown; {@code //% do} has steps and {@code //% expect} all that they must print, line by line:
 *
 * <pre>
 * push ELEMENT PACKET...     out of an Inject element; a packet is hex,
 *                            or udp:FROM:TO:TTL or ospf:FROM:TO
 * run TIME                   such as 5ms
 * read ELEMENT.HANDLER [ARGUMENT]    prints the lines
 * write ELEMENT.HANDLER VALUE        prints an error, if there is one
 * </pre>
 *
 * <p>What comes to a Collect element is printed after each step, as {@code NAME TIME PACKET}; what
 * elements write for the user is printed before that, and {@code (stopped)} when the run would end.
 * A text that cannot be started prints its mistakes.
 */
class ClickFilesTest {
    private static final Path FOLDER = Path.of("src/test/resources/click");

    @TestFactory
    Stream<DynamicTest> files() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            List<Path> files = all.filter(f -> f.toString().endsWith(".click")).sorted().toList();
            assertThat(files).hasSizeGreaterThan(10);
            return files.stream()
                    .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> run(f)));
        }
    }

    private static void run(Path file) throws Exception {
        String text = Files.readString(file);
        Map<String, List<String>> sections = sections(text);
        assertThat(sections.keySet()).as("sections").containsExactly("info", "do", "expect");
        assertThat(print(text, section(sections, "do"))).isEqualTo(section(sections, "expect"));
    }

    private static List<String> section(Map<String, List<String>> sections, String name) {
        return Objects.requireNonNull(sections.get(name), name);
    }

    private static Map<String, List<String>> sections(String text) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> open = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("//% ")) {
                open = new ArrayList<>();
                sections.put(line.substring(4).strip(), open);
            } else if (line.startsWith("// ")) {
                open.add(line.substring(3));
            } else {
                open = new ArrayList<>();
            }
        }
        return sections;
    }

    /** What the steps print of a graph; for other tests whose files have them. */
    static List<String> print(String text, List<String> steps) throws Exception {
        List<String> printed = new ArrayList<>();
        try (GraphRun run = GraphRun.of(text)) {
            Map<String, Integer> shown = new LinkedHashMap<>();
            for (String step : steps) {
                String[] words = step.split(" ", 3);
                String rest = words.length > 2 ? words[2] : "";
                switch (words[0]) {
                    case "push" -> run.pushFrom(words[1], packets(rest));
                    case "run" -> run.run(Quantity.nanos(words[1]));
                    case "read" -> run.read(words[1], rest).lines().forEach(printed::add);
                    case "write" -> write(run, words[1], rest, printed);
                    default -> throw new IllegalArgumentException("not a step: " + step);
                }
                show(run, shown, printed);
            }
        } catch (ConfigException e) {
            e.problems().forEach(p -> printed.add(p.replaceFirst("^t\\.click:[0-9]+: ", "")));
        }
        return printed;
    }

    private static void write(GraphRun run, String path, String value, List<String> printed) {
        try {
            run.write(path, value);
        } catch (HandlerException e) {
            printed.add(e.kind().code() + " " + e.getMessage());
        }
    }

    private static String[] packets(String words) {
        return Stream.of(words.split(" ", -1)).map(ClickFilesTest::packet).toArray(String[]::new);
    }

    private static String packet(String word) {
        String[] parts = word.split(":", -1);
        return switch (parts[0]) {
            case "udp" -> Packets.udp(parts[1], parts[2], Integer.parseInt(parts[3]), 1000, 2000);
            case "ospf" -> Packets.ipv4(parts[1], parts[2], 1, 89, "02010000");
            default -> word;
        };
    }

    /** Prints what has been said, and what has come to the ends, since the last time. */
    private static void show(GraphRun run, Map<String, Integer> shown, List<String> printed) {
        List<String> said = run.chatter();
        said.subList(shown.getOrDefault("", 0), said.size()).forEach(printed::add);
        shown.put("", said.size());
        for (String name : run.graph("n").elementNames()) {
            Collect collect = run.graph("n").find(name, Collect.class);
            if (collect == null) {
                continue;
            }
            List<Collect.Seen> seen = collect.seen();
            for (Collect.Seen s : seen.subList(shown.getOrDefault(name, 0), seen.size())) {
                printed.add(name + " " + Quantity.ofNanos(s.nanos()) + " " + name(s.hex()));
            }
            shown.put(name, seen.size());
        }
    }

    /** A packet as it is written in a step, if it is such a one. */
    private static String name(String hex) {
        if (hex.length() < 40
                || !hex.startsWith("45")
                || !Packets.checksum(hex.substring(0, 40)).equals("0000")) {
            return hex;
        }
        String addresses = dotted(hex.substring(24, 32)) + ":" + dotted(hex.substring(32, 40));
        int ttl = Integer.parseInt(hex.substring(16, 18), 16);
        for (String word : List.of("udp:" + addresses + ":" + ttl, "ospf:" + addresses)) {
            if (packet(word).equals(hex)) {
                return word;
            }
        }
        return hex;
    }

    private static String dotted(String hex) {
        List<String> octets = new ArrayList<>();
        for (int i = 0; i < 8; i += 2) {
            octets.add("" + Integer.parseInt(hex.substring(i, i + 2), 16));
        }
        return String.join(".", octets);
    }
}
