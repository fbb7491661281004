package vini.forwarder.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

@Timeout(60)
class ParserTest {
    /** Elements and connections, one a line. */
    private static List<String> parse(String text) throws ConfigException {
        GraphText graph = Parser.parse("f.click", text);
        return Stream.concat(
                        graph.elements().stream()
                                .map(
                                        e ->
                                                "%s :: %s(%s)"
                                                        .formatted(
                                                                e.name(),
                                                                e.elementClass(),
                                                                e.configuration())),
                        graph.connections().stream()
                                .map(
                                        c ->
                                                "%s[%d] -> [%d]%s"
                                                        .formatted(
                                                                c.from(),
                                                                c.output(),
                                                                c.input(),
                                                                c.to())))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a :: A | a :: A()",
                "a :: A(1, b); | a :: A(1, b)",
                "a, b :: A(x); | a :: A(x) / b :: A(x)",
                "a :: A -> b :: B; | a :: A() / b :: B() / a[0] -> [0]b",
                "a :: A; a[2] -> [3]a; | a :: A() / a[2] -> [3]a",
                "a -> b; a :: A; b :: B; | a :: A() / b :: B() / a[0] -> [0]b",
                "A -> B(1) -> A; | A@1 :: A() / B@2 :: B(1) / A@3 :: A() / A@1[0] -> [0]B@2"
                        + " / B@2[0] -> [0]A@3",
                "a :: A; a[1] -> B -> [2]a; | a :: A() / B@1 :: B() / a[1] -> [0]B@1"
                        + " / B@1[0] -> [2]a",
                "a, b :: A; a[1], b -> [4]C; | a :: A() / b :: A() / C@1 :: C() / a[1] -> [4]C@1"
                        + " / b[0] -> [4]C@1",
                "x -> a :: A[3] -> y; x :: X; y :: Y; | a :: A() / x :: X() / y :: Y()"
                        + " / x[0] -> [0]a / a[3] -> [0]y",
                "C -> C@1 :: D; | C@1 :: D() / C@2 :: C() / C@2[0] -> [0]C@1",
                "a::A;b::B(,);;a->b | a :: A() / b :: B(,) / a[0] -> [0]b",
            })
    void reads(String text, String result) throws Exception {
        assertThat(parse(text)).containsExactly(result.strip().split(" / "));
    }

    @Test
    void commentsAndQuotesHideWhatIsInThem() throws Exception {
        String text =
                """
                # a line of the preprocessor
                a /* :: X; */ :: // no
                  A("(;) \\" )", /* ) */ 2, // )
                    (3, 4)); /* over
                two lines */ a -> b/**/c; b :: B; c :: C;
                """;
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ConfigException.class)
                .hasMessage("f.click:5: unexpected 'c'; expected ';'");
        assertThat(parse(text.replace("b/**/c", "b -> c")).getFirst())
                .startsWith("a :: A(\"(;) \\\" )\", /* ) */ 2");
        assertThat(ConfigText.arguments("\"(,) \\\" )\", /* ) */ 2, // ,\n (3, 4), [5, 6]"))
                .containsExactly("\"(,) \\\" )\"", "2", "(3, 4)", "[5, 6]");
        assertThat(ConfigText.arguments("")).isEmpty();
        assertThat(ConfigText.arguments(" a ] , b")).containsExactly("a ]", "b");
        assertThat(ConfigText.unquote("\"a\\\"\\n\\t\\\\b\"")).isEqualTo("a\"\n\t\\b");
        assertThat(ConfigText.unquote("plain")).isEqualTo("plain");
        assertThat(ConfigText.unquote("\"")).isEqualTo("\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a :: A -> | unexpected 'end of file'; expected an element",
                "a :: | unexpected 'end of file'; expected an element class",
                "a :: ; | unexpected ';'; expected an element class",
                "a :: A; a[ | unexpected 'end of file'; expected a port number",
                "a :: A; a[0 | unexpected 'end of file'; expected ']'",
                "a :: A; a[x] -> a; | unexpected 'x'; expected a port number",
                "a :: A; a[12345] -> a; | unexpected '12345'; expected a port number",
                "a :: A; a -> -> a; | unexpected '->'; expected an element",
                "-> a; | unexpected '->'; expected an element",
                "a b; | unexpected 'b'; expected ';'",
                "a :: A; [1]a -> a; | input port 1 at the start of a chain",
                "a :: A; a -> a[1]; | output port 1 at the end of a chain",
                "a :: A; a :: B; | redeclaration of element 'a'; it was declared at f.click:1",
                "a :: A; a(5) -> a; | element 'a' is configured where it is used",
                "elementclass X { } | 'elementclass' is not known to this version",
                "define($x 1); | 'define' is not known to this version",
                "a :: A(1; | '(' without ')'",
                "a :: A(\"1); | quoted string without end",
                "a :: A; /* | comment without end",
                "a :: A ~ | unexpected character '~'",
                "a :: A => b | unexpected '=>'; expected ';'",
                "{ a :: A } | unexpected '{'; expected an element",
                "(x) | unexpected 'x'; expected an element",
            })
    void refusesWithOneMessage(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e ->
                                assertThat(e.problems().getFirst())
                                        .isEqualTo("f.click:1: " + message.strip()));
        // A quote or parenthesis without end is two at once.
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems()).hasSize(text.contains("\"") ? 2 : 1));
    }

    @Test
    void saysAllMistakesWithTheirLines() {
        String text = "a :: A;\na :: B;\nb -> ;\n\"x\\\n\" c -> d;\n\nb[q] -> a;\nz :: Z(\n";
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e ->
                                assertThat(e.problems())
                                        .containsExactlyInAnyOrder(
                                                "f.click:2: redeclaration of element 'a'; it was"
                                                        + " declared at f.click:1",
                                                "f.click:3: unexpected ';'; expected an element",
                                                "f.click:4: unexpected character '\"'",
                                                "f.click:4: unexpected character '\\'",
                                                "f.click:5: unexpected character '\"'",
                                                "f.click:5: unexpected 'c'; expected ';'",
                                                "f.click:7: unexpected 'q'; expected a port number",
                                                "f.click:8: '(' without ')'"));
    }

    @Test
    void reportsAtMostFiftyMistakes() {
        assertThatThrownBy(() -> parse("-> a;\n".repeat(500)))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.problems()).hasSize(50));
    }

    @Test
    void mutationsThrowNothingButConfigException() {
        String text =
                """
                // A node.
                fib :: RadixIPLookup(10.77.0.7/32 0, 0.0.0.0/0 10.77.128.2|10.77.128.6 1);
                encap, spare :: EncapTable(10.77.128.2 0, "a \\" b" /* c */);
                Idle -> CheckIPHeader -> ttl :: DecIPTTL -> [0]fib; fib[1] -> encap;
                ttl[1] -> ICMPError(10.77.0.7, timeexceeded) -> fib; # x
                encap[0], spare[2] -> Link(DELAY 2ms, LOSS 0.1%) -> Discard;
                """;
        String pieces = "->;:[](),\"\\/*#\n {}|=$@0a";
        long seed = Long.getLong("seed", 1_234);
        Random random = new Random(seed);
        int sound = 0;
        int unsound = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder mutant = new StringBuilder(text);
            for (int n = random.nextInt(4); n >= 0 && !mutant.isEmpty(); n--) {
                int at = random.nextInt(mutant.length());
                int end = Math.min(mutant.length(), at + random.nextInt(8));
                switch (random.nextInt(4)) {
                    case 0 -> mutant.deleteCharAt(at);
                    case 1 -> mutant.insert(at, pieces.charAt(random.nextInt(pieces.length())));
                    case 2 -> mutant.insert(at, mutant.substring(at, end));
                    default -> mutant.setLength(at + 1);
                }
            }
            try {
                Parser.parse("f.click", mutant.toString());
                sound++;
            } catch (ConfigException e) {
                unsound++;
                assertThat(e.problems()).allMatch(p -> p.matches("(?s)f\\.click:[0-9]+: .+"));
            } catch (RuntimeException e) {
                throw new AssertionError("-Dseed=" + seed + ", text " + i + ":\n" + mutant, e);
            }
        }
        assertThat(sound).as("-Dseed=%d", seed).isGreaterThan(1000);
        assertThat(unsound).as("-Dseed=%d", seed).isGreaterThan(1000);
    }
}
