package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What Click's documentation and its own tests say of the elements of a family, case by case: the
 * files {@code src/test/resources/click-examples/*.txt}.
 *
 * <p>A case begins with {@code === TITLE}; its text follows. Then, each under a line of its own:
 * {@code --- file NAME}, which the text names as {@code @NAME}; {@code --- do} with steps as in
 * {@link ClickFilesTest} (without it the graph runs a minute); {@code --- expect} with all that is
 * printed; {@code --- out NAME}, what must stand in a file that the graph has written, without the
 * lines that begin with "!". A line of one backslash is an empty one; the time that a flow has left
 * and the age of an ARP entry are printed as {@code exp} and {@code age}.
 */
class NetworkExamplesTest {
    private static final Path FOLDER = Path.of("src/test/resources/click-examples");

    @TempDir Path folder = Path.of("");

    private record Case(String title, Map<String, List<String>> parts) {}

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            List<DynamicTest> tests = new ArrayList<>();
            for (Path file : all.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
                for (Case c : read(file)) {
                    tests.add(
                            DynamicTest.dynamicTest(
                                    file.getFileName() + ": " + c.title, () -> run(c)));
                }
            }
            assertThat(tests).hasSizeGreaterThan(10);
            return tests.stream();
        }
    }

    private static List<Case> read(Path file) throws IOException {
        List<Case> cases = new ArrayList<>();
        List<String> part = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("=== ")) {
                Case next = new Case(line.substring(4), new LinkedHashMap<>());
                cases.add(next);
                part = new ArrayList<>();
                next.parts.put("text", part);
            } else if (line.startsWith("--- ")) {
                part = new ArrayList<>();
                cases.getLast().parts.put(line.substring(4), part);
            } else if (!line.isBlank()) {
                part.add(line.equals("\\") ? "" : line);
            }
        }
        return cases;
    }

    private void run(Case c) throws Exception {
        Path here = Files.createTempDirectory(folder, "case");
        List<String> steps = new ArrayList<>(c.parts.getOrDefault("do", List.of("run 60s")));
        for (Map.Entry<String, List<String>> part : c.parts.entrySet()) {
            if (part.getKey().startsWith("file ")) {
                Files.write(here.resolve(part.getKey().substring(5)), part.getValue());
            }
        }
        String text = String.join("\n", c.parts.getOrDefault("text", List.of()));
        String placed = text.replaceAll("@([A-Z][A-Z0-9]*)", here + "/$1");
        List<String> printed = ClickFilesTest.print(placed, steps);
        assertThat(
                        String.join("\n", printed)
                                .replace(here + "/", "@")
                                .replaceAll(" exp[0-9.]+", " exp")
                                .replaceAll(
                                        "(([0-9A-F]{2}-){5}[0-9A-F]{2}) [0-9]+[.][0-9]+", "$1 age"))
                .as(c.title)
                .isEqualTo(String.join("\n", c.parts.getOrDefault("expect", List.of("(stopped)"))));
        for (Map.Entry<String, List<String>> part : c.parts.entrySet()) {
            if (part.getKey().startsWith("out ")) {
                Path out = here.resolve(part.getKey().substring(4));
                List<String> lines = Files.readAllLines(out);
                lines.removeIf(line -> line.startsWith("!"));
                assertThat(lines).as(part.getKey()).isEqualTo(part.getValue());
            }
        }
    }
}
