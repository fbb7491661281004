package vini.forwarder.lang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import vini.forwarder.ConfigException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Any text ends in a graph or in messages, and the text of a graph is that graph again. The corpus
 * is {@code src/test/resources/lang}: sound texts, and {@code bad-*} ones.
 */
@Timeout(120)
class HostileTextTest {
    private static final Path CORPUS = Path.of("src/test/resources/lang");
    private static final String[] PIECES = {
        "->",
        "=>",
        "::",
        ";",
        ",",
        "|",
        "||",
        "...",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "[0]",
        "[1]",
        "[]",
        "[0,1]",
        "a",
        "b",
        "A",
        "B",
        "Q",
        "a :: A",
        "A(1)",
        "B($x, y)",
        "input",
        "output",
        "elementclass",
        "elementclass Q {",
        "define($x 1)",
        "require(userlevel)",
        "$x",
        "${x-1}",
        "KEY $k |",
        "$x, __REST__ $r |",
        "{ input -> A -> output }",
        "( -> A -> )",
        "-> Q ->",
        "|| ...",
        "\"",
        "'",
        "\\",
        "\\<41>",
        "//",
        "/*",
        "*/",
        "#",
        "# 3 \"f.click\"",
        "\n",
        " ",
        "\0",
        "\u00e9",
        "$",
        "@",
        "/",
        "a/b",
        "0",
        "99"
    };

    private static final Pattern LINE = Pattern.compile("(?s)[^\n]*:[0-9]+: .+");

    private static List<Path> corpus() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.sorted().toList();
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    @TestFactory
    Stream<DynamicTest> corpusEndsAsItsNamesSay() throws IOException {
        assertThat(corpus()).hasSizeGreaterThan(15);
        return corpus().stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getFileName().toString(),
                                        () ->
                                                assertThat(ends(read(file)))
                                                        .isEqualTo(
                                                                !file.getFileName()
                                                                        .toString()
                                                                        .startsWith("bad-"))));
    }

    /** Reads a text; true if it is a graph. */
    static boolean ends(String text) throws Exception {
        GraphText graph;
        try {
            graph = Parser.parse("f.click", text);
        } catch (ConfigException e) {
            if (e.problems().isEmpty() || e.problems().size() > Problems.MAX) {
                throw new AssertionError(e.problems().size() + " problems", e);
            }
            for (String problem : e.problems()) {
                assertThat(LINE.matcher(problem).matches()).as(problem).isTrue();
            }
            return false;
        }
        // "${" that does not end is left alone, but may end in the text that comes out.
        if (graph.elements().stream().noneMatch(e -> e.configuration().contains("${"))) {
            GraphTextTest.assertSame(graph);
        }
        assertThat(graph.toDot()).startsWith("digraph");
        return true;
    }

    @Test
    void mutationsOfTheCorpus() throws Exception {
        List<String> texts = new ArrayList<>();
        for (Path file : corpus()) {
            String text = read(file);
            if (file.endsWith("bad-doubling.click")) {
                continue; // Half a second each.
            }
            texts.add(text.length() > 1500 ? text.substring(0, 1500) : text);
        }
        walk(
                20_000,
                random -> {
                    StringBuilder mutant =
                            new StringBuilder(texts.get(random.nextInt(texts.size())));
                    for (int n = random.nextInt(4); n >= 0 && !mutant.isEmpty(); n--) {
                        int at = random.nextInt(mutant.length());
                        int end = Math.min(mutant.length(), at + random.nextInt(20));
                        switch (random.nextInt(5)) {
                            case 0 -> mutant.delete(at, end);
                            case 1 -> mutant.insert(at, PIECES[random.nextInt(PIECES.length)]);
                            case 2 -> mutant.insert(at, mutant.substring(at, end));
                            case 3 -> mutant.setCharAt(at, (char) random.nextInt(256));
                            default -> mutant.setLength(at + 1);
                        }
                    }
                    return mutant.toString();
                });
    }

    @Test
    void soupOfTokens() throws Exception {
        walk(
                20_000,
                random -> {
                    StringBuilder soup = new StringBuilder();
                    for (int n = random.nextInt(25); n >= 0; n--) {
                        soup.append(PIECES[random.nextInt(PIECES.length)]);
                        soup.append(random.nextInt(4) == 0 ? "" : " ");
                    }
                    return soup.toString();
                });
    }

    private interface Author {
        String write(Random random);
    }

    private static void walk(int texts, Author author) throws Exception {
        long seed = Long.getLong("seed", 1_234);
        Random random = new Random(seed);
        int sound = 0;
        for (int i = 0; i < texts; i++) {
            String text = author.write(random);
            try {
                sound += ends(text) ? 1 : 0;
            } catch (RuntimeException | StackOverflowError | ConfigException | AssertionError e) {
                throw new AssertionError("-Dseed=" + seed + ", text " + i + ":\n" + text, e);
            }
        }
        assertThat(sound).as("-Dseed=%d, sound texts", seed).isBetween(500, texts - 500);
    }

    /** Ten thousand elements, a third each declared, chained and inside of compounds. */
    private static String large() {
        StringBuilder text =
                new StringBuilder(
                        "elementclass C { $a | input -> Queue($a) -> Unqueue -> output }\n");
        for (int i = 0; i < 3333; i++) {
            text.append("e").append(i).append(" :: Counter;\n");
            text.append("e").append(i).append(" -> Paint(").append(i).append(") -> e");
            text.append(i == 0 ? 0 : i - 1).append(";\n");
            if (i % 2 == 0) {
                text.append("e").append(i).append(" [1] -> C(").append(i).append(") -> Discard;\n");
            }
        }
        return text.toString();
    }

    @Test
    void tenThousandElementsAreReadAtOnceAndAMistakeAtTheirEndIsFound() throws Exception {
        String text = large();
        assertThat(Flat.problems(text + "\nx -> ;").getLast())
                .isEqualTo(
                        text.lines().count() + 2 + ": syntax error near ';'; expected an element");
        GraphText graph = Parser.parse("f.click", text);
        assertThat(graph.elements()).hasSizeGreaterThan(10_000);
        GraphTextTest.assertSame(graph);
    }
}
