package vini.overlay.importer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import vini.overlay.json.InputException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Files with mistakes at random are imported or refused; nothing else is thrown. */
class MutatedFilesTest {
    private static final int TIMES = 400;

    private static final String NS =
            """
            set ns [new Simulator]
            for {set i 0} {$i < 4} {incr i} { set n($i) [$ns node] }
            set l0 [$ns duplex-link $n(0) $n(1) 10Mb [expr 2 * (1 + 4)]ms DropTail]
            set lan [$ns make-lan "$n(1) $n(2) $n(3)" 100Mb 0ms]
            if {$i == 4} { tb-set-link-loss $l0 0.05 } else { set x 1 }
            $ns at 10.0 "$l0 down"
            $ns at 11 "$l0 modify DELAY=40ms PLR=0.1"
            """;

    private static final String ROCKETFUEL =
            """
            Sydney,+Australia1 Perth,+Australia22 2.5
            Perth,+Australia22 Sydney,+Australia1 3
            """;

    /** What mistakes are made of: the words that mean something, and what does not belong. */
    private static final String[] PIECES = {
        "[",
        "]",
        "{",
        "}",
        "(",
        ")",
        "\"",
        "\n",
        " ",
        "-",
        "0",
        "9999999999",
        "1e99",
        "-1",
        ".",
        "/",
        "$",
        "#",
        "&#1114112;",
        "<",
        ">",
        "\\",
        "node",
        "NaN",
        "\u0000x",
        "é",
        ";",
        ":",
        "*",
        "%"
    };

    @TempDir Path folder;

    static Stream<String[]> files() {
        return Stream.of(
                new String[] {"gml", GmlImporterTest.ZOO},
                new String[] {"graphml", GraphMlImporterTest.GRAPH},
                new String[] {"sndlib", OtherFormatsTest.SNDLIB},
                new String[] {"brite", OtherFormatsTest.BRITE},
                new String[] {"containerlab", OtherFormatsTest.CLAB},
                new String[] {"rocketfuel", ROCKETFUEL},
                new String[] {"ns", NS},
                new String[] {"routers", RouterImporterTest.IOS},
                new String[] {"routers", RouterImporterTest.FRR},
                new String[] {"routers", RouterImporterTest.JUNOS});
    }

    @ParameterizedTest
    @MethodSource("files")
    void mistakesAreRefusedOrTaken(String format, String text) throws IOException {
        SplittableRandom random = new SplittableRandom(format.hashCode());
        Sample sample = new Sample(folder);
        int taken = 0;
        int refused = 0;
        for (int i = 0; i < TIMES; i++) {
            String mutated = mutated(text, random);
            Path file = sample.file("file.txt", mutated);
            try {
                Imported imported = Imports.read(file, Imports.format(format), null);
                assertThat(imported.topology().nodes()).isNotEmpty();
                taken++;
            } catch (InputException e) {
                refused++;
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(format + " mutation " + i + ":\n" + mutated, e);
            }
        }
        assertThat(taken).as("taken").isPositive();
        assertThat(refused).as("refused").isPositive();
    }

    private static String mutated(String text, SplittableRandom random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(mutated.length());
            int end = Math.min(mutated.length(), at + random.nextInt(8));
            mutated.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
        }
        return mutated.toString();
    }
}
