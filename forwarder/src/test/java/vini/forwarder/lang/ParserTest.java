package vini.forwarder.lang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import vini.forwarder.ConfigException;

/** Declarations, chains, ports, groups, and what is wrong with them. */
class ParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "a :: A ~ a :: A()",
                "a :: A(1, b); ~ a :: A(1, b)",
                "a, b :: A(x); ~ a :: A(x) / b :: A(x)",
                "a, b :: A(x), c :: C, D; ~ a :: A(x) / b :: A(x) / c :: C() / D@4 :: D()",
                "a :: A -> b :: B; ~ a :: A() / b :: B() / a[0] -> [0]b",
                "a :: A; a[2] -> [3]a; ~ a :: A() / a[2] -> [3]a",
                "a -> b; a :: A; b :: B; ~ a :: A() / b :: B() / a[0] -> [0]b",
                "A -> B(1) -> A; ~ A@1 :: A() / B@2 :: B(1) / A@3 :: A() / A@1[0] -> [0]B@2"
                        + " / B@2[0] -> [0]A@3",
                "a :: A; a[1] -> B -> [2]a; ~ a :: A() / B@2 :: B() / a[1] -> [0]B@2"
                        + " / B@2[0] -> [2]a",
                "a, b :: A; a[1], b -> [4]C; ~ a :: A() / b :: A() / C@3 :: C() / a[1] -> [4]C@3"
                        + " / b[0] -> [4]C@3",
                "x -> a :: A[3] -> y; x :: X; y :: Y; ~ a :: A() / x :: X() / y :: Y()"
                        + " / x[0] -> [0]a / a[3] -> [0]y",
                "C -> C@1 :: D; ~ C@2 :: C() / C@1 :: D() / C@2[0] -> [0]C@1",
                "C; C@2, C@3 :: D; C; C ~ C@1 :: C() / C@2 :: D() / C@3 :: D() / C@4 :: C()"
                        + " / C@5 :: C()",
                "C@1, C@2 :: D; C; C ~ C@1 :: D() / C@2 :: D() / C@3 :: C() / C@4 :: C()",
                "a::A;b::B(,);;a->b ~ a :: A() / b :: B(,) / a[0] -> [0]b",
                "a :: A a -> b :: B b -> a ~ a :: A() / b :: B() / a[0] -> [0]b / b[0] -> [0]a",
                "a ~ a@1 :: a()",
                "a/b_@1 :: X/y ~ a/b_@1 :: X/y()",
                "input :: A -> output :: B ~ input :: A() / output :: B() / input[0] -> [0]output",
                "a :: A; b, a -> c :: C ~ a :: A() / b@2 :: b() / c :: C() / b@2[0] -> [0]c"
                        + " / a[0] -> [0]c",
                "a :: A; a -> a; a -> a ~ a :: A() / a[0] -> [0]a",
            })
    void reads(String text, String result) throws Exception {
        assertThat(Flat.of(text)).containsExactly(result.strip().split(" / "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "n1, n2 :: A -> x ~ n1@1 :: n1() / n2 :: A() / x@3 :: x() / n1@1[0] -> [0]x@3"
                        + " / n2[0] -> [0]x@3",
                "a, b, c :: A; a -> b, [2] c ~ a[0] -> [0]b / a[0] -> [2]c",
                "a, b, c :: A; a [1], b -> c ~ a[1] -> [0]c / b[0] -> [0]c",
                "a, b, c :: A; a [1, 2] -> c ~ a[1] -> [0]c / a[2] -> [0]c",
                "a, b, c :: A; a => b, c, [0,1] a ~ a[0] -> [0]b / a[1] -> [0]c / a[2] -> [0]a"
                        + " / a[3] -> [1]a",
                "a, b, c :: A; a, b => c ~ a[0] -> [0]c / b[0] -> [1]c",
                "a, b :: A; a => b ~ a[0] -> [0]b",
                "a, b :: A; a [0,1] => b ~ a[0] -> [0]b / a[1] -> [1]b",
                "a, b, c :: A; a [], b [5] => [1] c, c, [7] c"
                        + " ~ a[0] -> [1]c / a[1] -> [0]c / b[5] -> [7]c",
                "a, b :: A; a [] -> [] b ~ a[0] -> [0]b",
                "a, b :: A; a [0,1] => [2,3] b [4] -> a"
                        + " ~ a[0] -> [2]b / a[1] -> [3]b / b[4] -> [0]a",
            })
    void pairsPorts(String text, String connections) throws Exception {
        assertThat(Flat.of(text)).containsSequence(connections.strip().split(" / "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "x -> ( input -> output ) -> y ~ x[0] -> [0]y",
                "x -> ( [0] -> [0] ) -> y ~ x[0] -> [0]y",
                "x -> (->) -> y ~ x[0] -> [0]y",
                "x -> ( [0]->[0]; [1]->[1] ) => ( [0]->[0]; [1]->[1] ) -> y ~ x[0] -> [0]y",
                "x => ( [0]->[0]; [1]->[1] ) -> y ~ x[0] -> [0]y / x[1] -> [0]y",
                "x => [0,1] ( [0]->[0]; [1]->[1] ) [0,1] -> y ~ x[0] -> [0]y / x[1] -> [0]y",
                "x => [1,0] ( -> [0]; [1]->[1] ) => y ~ x[0] -> [1]y / x[1] -> [0]y",
                "x => ( [0] -> output; [1] -> z -> output ) -> y"
                        + " ~ x[0] -> [0]y / x[1] -> [0]z / z[0] -> [0]y",
                "x [0,1,2] => ( -> y ), ( -> z ), x ~ x[0] -> [0]y / x[1] -> [0]z / x[2] -> [0]x",
                "x => (-> w :: Y), (-> z), x ~ x[0] -> [0]w / x[1] -> [0]z / x[2] -> [0]x",
                "x => [1] y [1], (-> q :: Q => (->), P(1) ->) -> z ~ x[0] -> [1]y / x[1] -> [0]q"
                        + " / q[0] -> [0]z / q[1] -> [0]P@2 / y[1] -> [0]z / P@2[0] -> [0]z",
                "(x -> y); ((z -> x)) ~ x[0] -> [0]y / z[0] -> [0]x",
                "( x -> ) -> ( -> ( -> ) -> ) -> ( -> y ) ~ x[0] -> [0]y",
                "( -> output; x -> ) , z -> y; ( elementclass A B ) ~ ",
            })
    void dissolvesGroups(String text, String connections) {
        String all = text + "; x, y, z :: A;";
        if (connections == null) {
            assertThat(Flat.problems(all)).hasSize(1);
            return;
        }
        assertThat(connectionsOf(all)).containsExactlyInAnyOrder(connections.strip().split(" / "));
    }

    private static String[] connectionsOf(String text) {
        try {
            return Flat.of(text).stream()
                    .filter(line -> line.contains("->"))
                    .toArray(String[]::new);
        } catch (ConfigException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "a :: A -> ~ syntax error near end of file; expected an element",
                "-> a; ~ syntax error near '->'; expected an element",
                "a :: ~ syntax error near end of file; expected an element class",
                "a :: ; ~ syntax error near ';'; expected an element class",
                "a :: (b -> c); ~ syntax error near '('; expected an element class",
                "a :: A; a[ ~ syntax error near end of file; expected a port number from 0 to 9999",
                "a :: A; a[0 ~ syntax error near end of file; expected ']'",
                "a :: A; a[x] -> a; ~ syntax error near 'x'; expected a port number from 0 to 9999",
                "a :: A; a[12345] -> a; ~ syntax error near '12345'; expected a port number from 0"
                        + " to 9999",
                "a :: A; a -> -> a; ~ syntax error near '->'; expected an element",
                "a :: A; a, ; ~ syntax error near ';'; expected an element",
                "a :: A; [0]; ~ syntax error near '['; expected an element",
                "a :: A; [0] -> a; ~ syntax error near '['; expected an element",
                "a :: A; a -> [0] -> a; ~ syntax error near '['; expected an element",
                "a :: A; a -> [0]; ~ syntax error near '['; expected an element",
                "a :: A; [1]a -> a; ~ input port 1 at the start of a chain",
                "a :: A; a -> a[1]; ~ output port 1 at the end of a chain",
                "a :: A; a -> a[1,2]; ~ output ports [1, 2] at the end of a chain",
                "a :: A; a :: B; ~ redeclaration of element 'a'; it was declared at f.click:1",
                "elementclass A { input -> output } A :: Idle; ~ class 'A' used as element name",
                "elementclass A { input -> output } B, A :: Idle ~ class 'A' used as element name",
                "elementclass A { input -> output } elementclass B { A :: Idle -> output }"
                        + " ~ class 'A' used as element name",
                "elementclass Q Queue; Idle -> Q :: Queue -> Idle ~ class 'Q' used as element name",
                "a, a :: A; ~ redeclaration of element 'a'; it was declared at f.click:1",
                "a :: A; a(5) -> a; ~ element 'a' is configured where it is used",
                "a :: A(1; ~ '(' without ')'",
                "a :: A; /* ~ comment without end",
                "a :: A ^ ~ unexpected character '^'",
                "a :: A \u0007 ; ~ unexpected character \\u0007",
                "a :: A \u00e9 ~ unexpected character \\u00e9",
                "a :: A $ ~ unexpected character '$'",
                "a :: $x ~ syntax error near '$x'; expected an element class",
                "} ~ syntax error near '}'; expected an element",
                "a :: A ) ~ syntax error near ')'; expected an element",
                "... ~ syntax error near '...'; expected an element",
                "require; ~ syntax error near ';'; expected '('",
                "define :: A; ~ syntax error near '::'; expected '('",
                "a :: elementclass; ~ syntax error near 'elementclass'; expected an element class",
                "1/x :: A; ~ illegal identifier '1/x'",
                "x/ :: A; ~ illegal identifier 'x/'",
                "a :: /x; ~ illegal identifier '/x'",
                "5 -> a; ~ illegal identifier '5'",
                "a, b, c :: A; a [0,1] => [0,1,2] b ~ connection mismatch: 2 outputs connected to 3"
                        + " inputs",
                "a, b :: A; a => [3] b, [2] a [1] => b, a, b ~ connection mismatch: 2 outputs"
                        + " connected to 3 inputs",
                "a, b :: A; a [] => [] b ~ at most one expandable port allowed per connection",
                "a, b :: A; a [0,1,2] -> [0,1,2] b ~ syntax error: many-to-many connections require"
                        + " '=>'",
                "a :: A; a -> ( b :: B ) ~ connection mismatch: 1 output connected to 0 inputs",
                "a :: A; a -> ( -> Idle ) -> a ~ connection mismatch: 0 outputs connected to 1"
                        + " input",
                "a :: A; ( -> a ) ~ element group input 0 is not connected",
                "a :: A; a -> ( -> ) ~ element group output 0 is not connected",
                "a, b :: A; a => [0] ( [0]->[0]; [1]->Idle ) -> b ~ element group has 2 inputs, but"
                        + " ports [0] are connected",
                "a, b :: A; a => ( [0]->[0]; [2]->Idle ) -> b ~ element group input 1 unused",
                "a, b :: A; a -> ( a -> input; -> output ) -> b ~ pseudoelement 'input' has no"
                        + " input ports",
                "a, b :: A; a -> ( output -> a; -> output ) -> b ~ pseudoelement 'output' has no"
                        + " output ports",
                "a :: A; a -> ( input :: B; input -> output ) -> a ~ redeclaration of pseudoelement"
                        + " 'input'",
                "a :: A; a -> ( input(5) -> output ) -> a ~ pseudoelement 'input' takes no"
                        + " configuration",
                "a :: A; a -> ( -> -> output ) -> a ~ syntax error near '->'; expected an element",
                "a :: A; a -> ( -> ; } -> a ~ syntax error near '}'; expected ')'",
            })
    void refuses(String text, String message) {
        assertThat(Flat.problems(text)).first().isEqualTo("1: " + message.strip());
    }

    @Test
    void commentsAndQuotesHideWhatIsInThem() throws Exception {
        String text =
                """
                # a line of the preprocessor
                a /* :: X; */ :: // no
                  A("(;) \\" )", ')\\', /* ) */ 2, // )
                    (3, 4)); /* over
                two lines */ a -> b/**/ -> c; b :: B; c :: C; b/c//d
                """;
        assertThat(Flat.of(text))
                .startsWith(
                        "a :: A(\"(;) \\\" )\", ')\\', /* ) */ 2, // )\n    (3, 4))", "b :: B()")
                .contains("b/c@4 :: b/c()");
    }

    @Test
    void directivesSayWhereALineCameFrom() throws Exception {
        String text =
                """
                #!/usr/bin/click
                a :: A(
                # 100 "in.click"
                x);
                b :: B;
                #line 7
                c :: C -> a;
                #pragma 3
                # 9999999999 "no"
                d :: D(#
                # define
                );
                """;
        GraphText graph = Parser.parse("f.click", text);
        assertThat(graph.elements().stream().map(one -> one.where().toString()))
                .containsExactly("f.click:2", "in.click:101", "in.click:7", "in.click:10");
        assertThat(graph.connections().getFirst().where()).hasToString("in.click:7");
        assertThat(graph.elements().getFirst().configuration()).isEqualTo("\n\nx");
        assertThat(graph.elements().getLast().configuration()).isEqualTo("#\n# define\n");
    }

    @Test
    void saysAllMistakesWithTheirLines() {
        String text =
                "a :: A;\na :: B;\nb -> ;\n\"x\\\n\" c -> d;\n\nb[q] -> a;\n{ x -> [; y[ } -> a;\n"
                        + "elementclass Q { x :: X; x :: X }\nz :: Z(\"";
        assertThat(Flat.problems(text))
                .containsExactlyInAnyOrder(
                        "2: redeclaration of element 'a'; it was declared at f.click:1",
                        "3: syntax error near ';'; expected an element",
                        "4: unexpected character '\"'",
                        "4: unexpected character '\\'",
                        "5: unexpected character '\"'",
                        "7: syntax error near 'q'; expected a port number from 0 to 9999",
                        "8: syntax error near ';'; expected a port number from 0 to 9999",
                        "8: syntax error near '}'; expected a port number from 0 to 9999",
                        "9: redeclaration of element 'x'; it was declared at f.click:9",
                        "10: quoted string without end",
                        "10: '(' without ')'");
    }

    @Test
    void reportsAtMostFiftyMistakes() {
        assertThat(Flat.problems("-> a;\n".repeat(500))).hasSize(50);
    }
}
