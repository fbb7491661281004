package vini.experiment.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import vini.overlay.json.JsonFile;
import vini.overlay.json.Place;
import vini.overlay.json.Problems;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Whatever a file holds, reading it ends with an experiment or with mistakes, never otherwise. */
class MutationTest {
    private static final int ROUNDS = 4000;
    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\"",
                    "null",
                    "true",
                    "-1",
                    "1e999999999",
                    "\"999999999999999999999999s\"",
                    "\"a\"",
                    "[]",
                    "{}",
                    "\"10.77.0.1\"",
                    "\"10.77.128.0/30\"",
                    "\u0000",
                    "\ud800",
                    "\"probes.rtt.phases[99]\"",
                    "0.5",
                    "\"fd00::1\"",
                    "\"0ms\"",
                    "\"rtt\"",
                    "\"at\"",
                    "\"between\"",
                    "65536");

    private int good;
    private int wrongValues;
    private int brokenJson;

    @Test
    void everyMutantIsReadOrRefused() throws IOException {
        long seed = Long.getLong("seed", 20260101L);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        String topology = Files.readString(Path.of("../topologies/triangle.json"));
        String experiment =
                Files.readString(Path.of("triangle-failure.json"))
                        .replace("\"../topologies/triangle.json\"", topology);
        for (int round = 0; round < ROUNDS; round++) {
            String mutant = experiment;
            for (int i = random.nextInt(3); i >= 0; i--) {
                mutant = mutate(mutant, random);
            }
            try {
                read(mutant);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("-Dseed=" + seed + ", round " + round + ":\n" + mutant, e);
            }
        }
        assertThat(good).as("seed %d: some are sound", seed).isGreaterThan(20);
        assertThat(wrongValues).as("seed %d: some have wrong values", seed).isGreaterThan(200);
        assertThat(brokenJson).as("seed %d: some are no JSON", seed).isGreaterThan(500);
    }

    private void read(String text) {
        Problems problems = new Problems();
        Place root =
                JsonFile.of(Path.of("m.json"), "m.json", problems)
                        .parse(text.getBytes(StandardCharsets.UTF_8));
        if (root == null) {
            assertThat(problems.none()).isFalse();
            brokenJson++;
            return;
        }
        Experiment experiment = ExperimentFile.bind(root);
        assertThat(experiment == null).isEqualTo(!problems.none());
        if (experiment == null) {
            wrongValues++;
        } else {
            good++;
            assertThat(reread(ExperimentFile.write(experiment))).isEqualTo(experiment);
        }
    }

    private static @Nullable Experiment reread(String text) {
        Place root =
                JsonFile.of(Path.of("m.json"), "m.json", new Problems())
                        .parse(text.getBytes(StandardCharsets.UTF_8));
        return root == null ? null : ExperimentFile.bind(root);
    }

    /** Replaces a word, drops a piece, swaps two values or copies one elsewhere. */
    private static String mutate(String text, RandomGenerator random) {
        int[] one = token(text, random);
        int[] two = token(text, random);
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        String copied = text.substring(two[0], two[1]);
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, one[0]) + piece + text.substring(one[1]);
            case 1 -> text.substring(0, one[0]) + copied + text.substring(one[1]);
            case 2 -> text.substring(0, one[0]) + text.substring(one[1]);
            default -> {
                int at = random.nextInt(text.length());
                yield text.substring(0, at)
                        + (char) (' ' + random.nextInt(95))
                        + text.substring(at + 1);
            }
        };
    }

    /** A string, a number or a mark. */
    private static int[] token(String text, RandomGenerator random) {
        int start = random.nextInt(text.length());
        while (start > 0 && Character.isWhitespace(text.charAt(start))) {
            start--;
        }
        if (text.charAt(start) == '"' || isWord(text.charAt(start))) {
            int end = start + 1;
            while (end < text.length() && isWord(text.charAt(end))) {
                end++;
            }
            while (start > 0 && isWord(text.charAt(start - 1))) {
                start--;
            }
            boolean quoted = start > 0 && text.charAt(start - 1) == '"';
            return quoted && end < text.length()
                    ? new int[] {start - 1, end + 1}
                    : new int[] {start, end};
        }
        return new int[] {start, start + 1};
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || "._-[]%/$".indexOf(c) > 0;
    }
}
