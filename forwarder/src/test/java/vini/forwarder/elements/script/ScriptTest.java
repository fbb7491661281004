package vini.forwarder.elements.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static vini.forwarder.kit.GraphRun.MS;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;
import vini.forwarder.HandlerException;
import vini.forwarder.kit.GraphRun;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class ScriptTest {
    private static List<String> said(String text) throws Exception {
        try (GraphRun run = GraphRun.of(text)) {
            run.run(1000 * MS);
            return List.copyOf(run.chatter());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add 10 5 2 | 17",
                "sub 10 5 2 | 3",
                "mul 1.5 4 | 6",
                "div 1 8 | 0.125",
                "idiv -7 2 | -3",
                "mod 7 4 | 3",
                "neg 3 | -3",
                "abs -3 | 3",
                "max 3 9 4 | 9",
                "min 3 9 4 | 3",
                "ne a b | true",
                "gt 10 9 | true",
                "gt 10x 9x | false",
                "not true | false",
                "and true false | false",
                "or true false | true",
                "if true a b | a",
                "if false a b | b",
                "first a b c | a",
                "sprintf '%d-%s-%.2f%%' 7 x 0.5 | 7-x-0.50%",
                "sprintf '<%5d><%-3s>' 42 a | <   42><a  >",
            })
    void calculates(String call, String result) throws Exception {
        try (GraphRun run = GraphRun.of("s :: Script(TYPE PASSIVE);")) {
            String[] parts = call.split(" ", 2);
            String argument = parts[1].replace('\'', '"');
            assertThat(run.read("s." + parts[0], argument)).isEqualTo(result);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "div | 1 0 | division by zero",
                "idiv | 1 0 | division by zero",
                "add | '' | it takes numbers",
                "add | 1 x | 'x' is not a whole number",
                "eq | 1 | it takes two values",
                "sprintf | %d | '%d' wants more values",
                "sprintf | %d 1 2 | '%d' wants fewer values",
                "sprintf | %999999d 1 | wants fewer",
                "sprintf | %2000d 1 | a field is wider than 1000",
            })
    void saysWhatItCannotCalculate(String handler, String argument, String message)
            throws Exception {
        try (GraphRun run = GraphRun.of("s :: Script(TYPE PASSIVE);")) {
            assertThatThrownBy(() -> run.read("s." + handler, argument))
                    .isInstanceOf(HandlerException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void quotesGoAsTheManualSays() throws Exception {
        assertThat(
                        said(
                                """
                                Idle -> c :: Counter -> Idle;
                                Script(set x $(c.count), print $x,
                                       set y "$(c.count)", print '$y', print $(sprintf '"%s"' $y),
                                       setq z "$(c.count)", print $z,
                                       print '"c.count"', set w c.count, print $w, print $($w),
                                       print ${x}1, print $none, printn 1, print 2);
                                """))
                .contains("0", "\"c.count\"")
                .endsWith("01", "$none", "1", "2");
    }

    @Test
    void waitsAndIsSteppedOn() throws Exception {
        try (GraphRun run =
                GraphRun.of(
                        """
                        s :: Script(print "a", wait 1s, print "b", pause 2, print "c",
                                    label l, wait 10ms, goto l);
                        """)) {
            run.run(1);
            assertThat(run.chatter()).containsExactly("a");
            run.write("s.step", "");
            assertThat(run.chatter()).containsExactly("a", "b");
            run.write("s.step", "1");
            assertThat(run.chatter()).containsExactly("a", "b");
            run.write("s.step", "1");
            assertThat(run.chatter()).containsExactly("a", "b", "c");
            run.write("s.goto", "begin");
            assertThat(run.chatter()).containsExactly("a", "b", "c", "a");
            assertThatThrownBy(() -> run.write("s.goto", "nowhere"))
                    .hasMessage("there is no label 'nowhere'");
        }
    }

    @Test
    void aStepGoesPastSoManyWaits() throws Exception {
        try (GraphRun run =
                GraphRun.of("s :: Script(pause 2, print 1, wait 1s, print 2, pause, print 3);")) {
            run.run(1);
            run.write("s.step", "3");
            assertThat(run.chatter()).containsExactly("1", "2");
            run.run(2000 * MS);
            assertThat(run.chatter()).containsExactly("1", "2");
            run.write("s.step", "3");
            assertThat(run.chatter()).containsExactly("1", "2", "3");
        }
    }

    @Test
    void aScriptThatCallsItselfGoesOnWhereItWas() throws Exception {
        String text =
                """
                s :: Script(TYPE PASSIVE, goto last $(le $1 0), set r $(s.run $(sub $1 1)),
                            return $1$r, label last, return .);
                Script(print $(s.run 3));
                """;
        assertThat(said(text)).containsExactly("321.");
    }

    @Test
    void onlyOneElementManagesTheDriver() {
        assertThatThrownBy(() -> said("DriverManager(pause); Script(TYPE DRIVER, pause);"))
                .hasMessageContaining("there is another DriverManager");
        assertThatThrownBy(() -> said("Idle -> Script(TYPE PASSIVE) -> Idle; Script(TYPE SIGNAL);"))
                .hasMessageContaining("only a script of TYPE PACKET has ports")
                .hasMessageContaining("'SIGNAL' is not ACTIVE");
        assertThatThrownBy(() -> said("Script(TYPE SIGNAL INT FOO);"))
                .hasMessageContaining("'FOO' is not a signal");
    }

    @Test
    void aWishToStopGoesThroughTheDriverManager() throws Exception {
        assertThat(
                        said(
                                "DriverManager(pause, print 1, pause, print 2); Script(stop);"
                                        + " Script(stop);"))
                .containsExactly("1", "2", "(stopped)");
        assertThat(said("DriverManager; Script(print 1, stop, print 2);"))
                .containsExactly("1", "(stopped)");
        assertThat(said("Script(goto stop true, print 2);")).containsExactly("(stopped)");
    }

    @Test
    void aScriptThatWaitsDoesNotHearItsSignal() throws Exception {
        assertThat(
                        said(
                                "Script(TYPE SIGNAL HUP, print 1, wait 1ms, print 2);"
                                        + "Script(set y $(kill HUP $$), wait 1us,"
                                        + " set y $(kill HUP $$));"))
                .containsExactly("1", "(stopped)", "2");
    }

    @Test
    void readsFilesButForNobodyOutside(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("in"), "a \"scary\" file\n");
        String text =
                "s :: Script(print \"=> $(cat %s)\", print '$(catq x)', print $(catq %s));"
                        .formatted(file, file);
        try (GraphRun run = GraphRun.of(text)) {
            run.run(1);
            assertThat(run.chatter())
                    .containsExactly("=> a \"scary\" file", "$(catq x)", "a \"scary\" file", "");
            assertThat(run.graph("n").handlerSpace().read("s.add", "1 1")).isEqualTo("2");
            assertThatThrownBy(() -> run.graph("n").handlerSpace().read("s.cat", "" + file))
                    .hasMessage("No handler named 's.cat'");
            assertThatThrownBy(() -> run.read("s.kill", "TERM 1"))
                    .hasMessageContaining("No handler named");
        }
    }

    @Test
    void dataStaysAsItIs(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("out");
        assertThat(
                        said(
                                """
                                s0 :: Script(printn >%s $(s.run "\\<0a 09 01>"),
                                             readq length "\\<0a 09 01>", stop);
                                s :: Script(TYPE PASSIVE, returnq $1);
                                """
                                        .formatted(file)))
                .containsExactly("length:", "3", "(stopped)");
        assertThat(file).hasBinaryContent(new byte[] {10, 9, 1});
    }

    @Test
    void savesAndAppends(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("out");
        assertThat(
                        said(
                                "Idle -> c :: Counter -> Idle; Script(save c.count %s, append c.name %s,"
                                                .formatted(file, file)
                                        + "save c.class -);"))
                .containsExactly("Counter");
        assertThat(file).hasContent("0c");
    }

    @Test
    void whatGoesRoundWithoutAPauseIsStopped() throws Exception {
        assertThat(said("s :: Script(label l, goto l);"))
                .containsExactly("s :: Script: too many jumps, giving up");
        assertThat(said("s :: Script(TYPE PASSIVE, return $(s.run)); Script(print $(s.run));"))
                .anyMatch(line -> line.contains("calls itself without an end"));
    }

    @Test
    void namesInsideOfACompoundAreItsOwn() throws Exception {
        assertThat(
                        said(
                                """
                                elementclass Inner {
                                  Idle -> c :: Counter -> Idle;
                                  Script(print $(c.name), print $(outer.name));
                                };
                                outer :: Counter; Idle -> outer -> Idle;
                                Inner; c :: Counter; Idle -> c -> Idle;
                                """))
                .hasSize(2)
                .first()
                .asString()
                .endsWith("/c");
    }

    @Test
    void writesFiles(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("out");
        assertThat(said("Script(print >%s \"one\", print >>%s \"two\");".formatted(file, file)))
                .isEmpty();
        assertThat(file).hasContent("one\ntwo");
        assertThat(said("Script(print >%s \"x\");".formatted(folder.resolve("no/where"))))
                .hasSize(1);
        assertThat(file.resolveSibling("no")).doesNotExist();
    }

    @Test
    void errorsAreSaid() throws Exception {
        assertThat(said("s :: Script(errorq \"no good\", print \"never\");"))
                .containsExactly("s :: Script: no good");
        assertThat(said("s :: Script(goto error);")).containsExactly("s :: Script: error");
        assertThatThrownBy(() -> said("s :: Script(jump l, set, prin x);"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        """
                        t.click:1: 's :: Script': 'jump' is not an instruction
                        t.click:1: 's :: Script': 'set' lacks its arguments
                        t.click:1: 's :: Script': 'prin' is not an instruction\
                        """);
    }
}
