package vini.forwarder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import vini.forwarder.io.ClickRun;
import vini.time.Seed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs whole Click configurations as {@code vini click --simtime} does, and compares what they say
 * with what Click's documentation, or Click itself, says: {@code
 * src/test/resources/examples/*.txt}, one file for each family of elements.
 *
 * <p>A file has any number of examples. Each begins with a line {@code == WHAT IT SHOWS}, then
 * comes its configuration, then parts, each behind a line of its own:
 *
 * <pre>
 * -- file NAME       a file that the configuration reads, as $DIR/NAME
 * -- then            a second configuration, which runs when the first has ended
 * -- prints          what they must print, on either stream, line by line
 * -- wrote NAME      what must stand in $DIR/NAME at the end; lines that begin with ! do not count
 * -- refused         parts of what is said instead of starting it, one a line
 * </pre>
 *
 * <p>An expected line may have regular expressions between {@code {{} and {@code }}}. An example
 * without a part {@code prints} must print nothing.
 */
class ClickExamplesTest {
    private static final Path FOLDER = Path.of("src/test/resources/examples");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern PATTERN = Pattern.compile("\\{\\{(.*?)}}(?!})");

    @TestFactory
    Stream<DynamicTest> examples() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            List<Path> files = all.filter(f -> f.toString().endsWith(".txt")).sorted().toList();
            List<DynamicTest> tests = new ArrayList<>();
            for (Path file : files) {
                for (Example example : Example.read(Files.readString(file))) {
                    String name = file.getFileName() + ": " + example.name();
                    tests.add(DynamicTest.dynamicTest(name, () -> timed(example)));
                }
            }
            assertThat(tests).hasSizeGreaterThan(100);
            return tests.stream();
        }
    }

    /** An example: its configuration, and the other parts by their lines. */
    private record Example(String name, String config, Map<String, List<String>> parts) {
        static List<Example> read(String text) {
            List<Example> examples = new ArrayList<>();
            for (String piece : text.split("(?m)^== ", -1)) {
                if (!piece.startsWith("#") && !piece.isBlank()) {
                    examples.add(one(piece));
                }
            }
            return examples;
        }

        private static Example one(String piece) {
            List<String> lines = piece.lines().toList();
            Map<String, List<String>> parts = new LinkedHashMap<>();
            List<String> open = new ArrayList<>();
            parts.put("", open);
            for (String line : lines.subList(1, lines.size())) {
                if (line.startsWith("-- ")) {
                    open = new ArrayList<>();
                    parts.put(line.substring(3).strip(), open);
                } else if (!line.isBlank()) {
                    open.add(line);
                }
            }
            return new Example(lines.getFirst(), String.join("\n", parts.remove("")), parts);
        }

        List<String> part(String name) {
            return parts.getOrDefault(name, List.of());
        }

        /** The names of the parts that begin with this word, without it. */
        List<String> names(String word) {
            return parts.keySet().stream()
                    .filter(part -> part.startsWith(word + " "))
                    .map(part -> part.substring(word.length() + 1))
                    .toList();
        }
    }

    /** A graph that never lets time go on would hang without this. */
    private static void timed(Example example) {
        Assertions.assertTimeoutPreemptively(SOON, () -> run(example));
    }

    private static void run(Example example) throws Exception {
        Path folder = Files.createTempDirectory("examples");
        try {
            for (String name : example.names("file")) {
                Files.writeString(
                        folder.resolve(name),
                        String.join("\n", example.part("file " + name)) + "\n",
                        StandardCharsets.ISO_8859_1);
            }
            List<String> printed = print(example, folder);
            if (example.parts().containsKey("refused")) {
                for (String reason : example.part("refused")) {
                    assertThat(printed).anyMatch(line -> line.contains(reason));
                }
                return;
            }
            check(printed, example.part("prints"));
            for (String name : example.names("wrote")) {
                List<String> lines =
                        Files.readAllLines(folder.resolve(name), StandardCharsets.ISO_8859_1);
                check(
                        lines.stream().filter(line -> !line.startsWith("!")).toList(),
                        example.part("wrote " + name));
            }
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static List<String> print(Example example, Path folder) throws Exception {
        List<String> printed = printOne(example, example.config(), folder);
        if (example.parts().containsKey("then")) {
            String next = String.join("\n", example.part("then"));
            printed = new ArrayList<>(printed);
            printed.addAll(printOne(example, next, folder));
        }
        return printed;
    }

    private static List<String> printOne(Example example, String config, Path folder)
            throws Exception {
        StringBuilder printed = new StringBuilder();
        ClickRun.Output output =
                new ClickRun.Output(
                        printed::append,
                        line -> {
                            endLine(printed);
                            printed.append(line).append('\n');
                        });
        String text = config.replace("$DIR", folder.toString());
        boolean started = false;
        try (ClickRun run =
                new ClickRun(
                        new ClickRun.Plan("t", text, Map.of(), new Seed(1), true, false, 1, 0),
                        output)) {
            started = true;
            run.drive();
            assertThat(run.imbalance()).as("imbalance").isZero();
            assertThat(run.end()).as("packets that leaked").isZero();
        } catch (ConfigException e) {
            if (started || !example.parts().containsKey("refused")) {
                throw e;
            }
            return e.problems();
        }
        assertThat(example.parts()).as("started").doesNotContainKey("refused");
        return printed.toString().lines().filter(line -> !line.isBlank()).toList();
    }

    private static void endLine(StringBuilder printed) {
        if (!printed.isEmpty() && printed.charAt(printed.length() - 1) != '\n') {
            printed.append('\n');
        }
    }

    private static void check(List<String> lines, List<String> expected) {
        String all = String.join("\n", lines);
        for (int i = 0; i < Math.min(lines.size(), expected.size()); i++) {
            String wanted = expected.get(i);
            if (!lines.get(i).strip().matches(pattern(wanted.strip()))) {
                assertThat(all).as("line " + (i + 1)).isEqualTo(String.join("\n", expected));
            }
        }
        assertThat(lines.size()).as("lines in\n" + all).isEqualTo(expected.size());
    }

    private static String pattern(String line) {
        StringBuilder pattern = new StringBuilder();
        int end = 0;
        var expressions = PATTERN.matcher(line);
        while (expressions.find()) {
            pattern.append(Pattern.quote(line.substring(end, expressions.start())));
            pattern.append("(?:").append(expressions.group(1)).append(')');
            end = expressions.end();
        }
        return pattern.append(Pattern.quote(line.substring(end))).toString();
    }
}
