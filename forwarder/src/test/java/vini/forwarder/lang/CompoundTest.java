package vini.forwarder.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/** Compound elements: expansion, names, scopes, parameters, overloads. */
class CompoundTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "a :: A -> { input -> X -> output } -> b :: B ~ a :: A() / b :: B() / @2/X@1 :: X()"
                        + " / a[0] -> [0]@2/X@1 / @2/X@1[0] -> [0]b",
                "c :: { input -> X -> output; input [1] -> y :: Y -> [1] output }; a :: A -> c ->"
                        + " b :: B; a -> [1] c [1] -> b ~ a :: A() / b :: B() / c/X@1 :: X()"
                        + " / c/y :: Y() / a[0] -> [0]c/X@1 / a[0] -> [0]c/y / c/X@1[0] -> [0]b"
                        + " / c/y[0] -> [0]b",
                "elementclass Q { input -> Queue -> Shaper(1000) -> output } A -> q :: Q -> B"
                        + " ~ A@1 :: A() / B@3 :: B() / q/Queue@1 :: Queue()"
                        + " / q/Shaper@2 :: Shaper(1000) / A@1[0] -> [0]q/Queue@1"
                        + " / q/Queue@1[0] -> [0]q/Shaper@2 / q/Shaper@2[0] -> [0]B@3",
                "elementclass Queue { input -> Queue -> output } A -> Queue -> B ~ A@1 :: A() / B@3"
                        + " :: B() / Queue@2/Queue@1 :: Queue() / A@1[0] -> [0]Queue@2/Queue@1 /"
                        + " Queue@2/Queue@1[0] -> [0]B@3",
                "elementclass A { B } elementclass B { C } A; B ~ A@1/B@1 :: B() / B@2/C@1 :: C()",
                "elementclass M Queue; M -> M ~ M@1 :: Queue() / M@2 :: Queue() / M@1[0] -> [0]M@2",
                "elementclass A { x :: X } elementclass B A; B ~ B@1/x :: X()",
                "a -> b; a, b :: { -> } ~ !'a' has 0 inputs, it takes 1",
                "elementclass P { -> } A -> P -> P -> P -> B ~ A@1 :: A() / B@5 :: B()"
                        + " / A@1[0] -> [0]B@5",
                "a :: A -> { [0] -> [1]; [1] -> [0] } => b :: B ~ !'@2' has 1 input, it takes 2",
                "a :: A => [0,1] p :: { [0] -> [1]; [1] -> [0] } [0,1] => b :: B ~ a :: A()"
                        + " / b :: B() / a[0] -> [1]b / a[1] -> [0]b",
                "p :: { -> }; p -> p; A ~ A@2 :: A()",
                "A -> p :: { -> } -> p; p -> B ~ A@1 :: A() / B@3 :: B() / A@1[0] -> [0]B@3",
                "a, b, c, d :: A; a, b -> { -> } -> c, d ~ a :: A() / b :: A() / c :: A()"
                        + " / d :: A() / a[0] -> [0]c / a[0] -> [0]d / b[0] -> [0]c / b[0] -> [0]d",
                "x :: X; { elementclass L { Z } L; x -> (x -> y :: Y -> z) } L ~ x :: X()"
                        + " / L@3 :: L() / @2/x@2 :: x() / @2/x@3 :: x() / @2/y :: Y()"
                        + " / @2/z@5 :: z() / @2/L@1/Z@1 :: Z() / !",
                "{ | A }; { }; {{{ A }}} ~ @1/A@1 :: A() / @3/@1/@1/A@1 :: A()",
            })
    void expands(String text, String result) throws Exception {
        String wanted = result == null ? "" : result.strip();
        if (wanted.startsWith("!")) {
            assertThat(Flat.problems(text).getFirst()).contains(wanted.substring(1));
        } else if (wanted.endsWith("!")) {
            assertThat(Flat.problems(text)).isNotEmpty();
        } else {
            assertThat(Flat.of(text))
                    .containsExactlyElementsOf(
                            wanted.isEmpty() ? List.of() : List.of(wanted.split(" / ")));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "{ $a | A(1, $a, 3) } (100) ~ A(1, 100, 3)",
                "{ $a, COUNT $count, __REST__ $rest | A($a; $count; $rest) } (1, 2, COUNT 3, FOO 4)"
                        + " ~ A(1; 3; 2, FOO 4)",
                "{ COUNT $c | A($c) } (COUNT) ~ A()",
                "{ COUNT $c, B $b | A($c $b) } (B \"x y\", COUNT 1 2) ~ A(1 2 \"x y\")",
                "{ __REST__ $rest | A($rest) } (DATA \"a, b\", LIMIT 10) ~ A(DATA \"a, b\", LIMIT"
                        + " 10)",
                "{ __REST__ $rest | A($rest) } ~ A()",
                "{ $a | A($a) } (1, /* nothing */ ) ~ A(1)",
                "{ $a | A(\"<$a>\") } (\"q\\n\") ~ A(\"<\\\"q\\\\n\\\">\")",
                "{ $a | A(${b-z $a} ${a-z} ${b-${c-d}} ${b} ${} ${a) } (x) ~ A(z x x d ${b} ${}"
                        + " ${a)",
                "{ $a, $n | A(${a[0]} ${a[2]} ${a[3]} ${a[$n]} ${a[x]}) } (A \"B c\" C, 1)"
                        + " ~ A(A C  \"B c\" ${a[x]})",
                "elementclass I { $a, $n | A(${a[$n]}) } { $a | I(${a[1]} ${a[0]}, ${a[2]}) } (G H"
                        + " 1) ~ A(G)",
                "elementclass F { $a | A($a) } elementclass G { $a, $b | F($b) } G(w s, s) ~ A(s)",
                "elementclass F { $a | elementclass B { $b | A($a $b) } elementclass Z { $a | B($a)"
                        + " } Z(in) } F(out) ~ A(out in)",
                "define($a 2); A($a) ~ A(2)",
                "A($a); define($a 2) ~ A(2)",
                "define($a $b, $b 2 $c); A($a) ~ A(2 $c)",
                "define($a 1); { define($a 2, $c $a); A($a $c) } ~ A(2 2)",
                "define($a 1); { $b | define($c $a$b); A($c) } (5) ~ A(15)",
                "define($e, $f \"x, y\", ) A($e|$f) ~ A(|\"x, y\")",
                "(define($a 4)); A($a) ~ A(4)",
            })
    void fillsConfigurations(String text, String configuration) throws Exception {
        String only = Flat.of(text).getFirst();
        assertThat(only).endsWith(" :: " + configuration.replaceFirst("^ *A", "A"));
    }

    @Test
    void singleQuotesAndCommentsHideVariables() throws Exception {
        String text = "{ $a | A('$a' \"$a\" ${a}b $ab $ $$a \\$a \"\\$a\" // $a\n /* $a */) } (x)";
        assertThat(Flat.of(text))
                .containsExactly(
                        "@1/A@1 :: A('$a' \"x\" xb $ab $ $x \\x \"\\$a\" // $a\n /* $a */)");
    }

    @Test
    void variablesOfTheCommandLineOverrideThoseOfTheFile() throws Exception {
        String text = "define($a 1, $b $a); A($a $b $c $d); { define($a 3) A($a) }; { A($a) }";
        var variables = new TreeMap<>(Collections.singletonMap("a", "9"));
        variables.put("$c", "x y");
        assertThat(Flat.of(text, variables))
                .containsExactly("A@1 :: A(9 9 x y $d)", "@2/A@1 :: A(3)", "@3/A@1 :: A(9)");
    }

    @Test
    void aValueMayNotOpenWhatItDoesNotClose() {
        for (String value : List.of(")", "\"", "'", "(", "/*", "//")) {
            assertThatThrownBy(() -> Flat.of("A($a)", Collections.singletonMap("a", value)))
                    .as(value)
                    .hasMessageContaining("does not end, after substitution");
        }
    }

    /** As the example of overloading in Click's manual, with arguments in all ways. */
    @Test
    void takesTheFirstDefinitionThatFits() throws Exception {
        String text =
                """
                elementclass Foo {
                   $a, $b | input -> Print(1) -> output
                || $a, __REST__ $b | input -> Print(2) -> output
                || $a, TWO $b, __REST__ $c | input -> Print(3) -> output
                }
                Source -> Foo(A) -> f :: Foo(A, TWO B)
                elementclass Foo { $a, $b | input -> Print(4) -> output || ... }
                f -> Foo(A, B) -> Foo(A, B, C) -> Sink
                """;
        assertThat(Flat.of(text))
                .containsExactly(
                        "Source@1 :: Source()",
                        "Sink@6 :: Sink()",
                        "Foo@2/Print@1 :: Print(2)",
                        "f/Print@1 :: Print(1)",
                        "Foo@4/Print@1 :: Print(4)",
                        "Foo@5/Print@1 :: Print(2)",
                        "Source@1[0] -> [0]Foo@2/Print@1",
                        "Foo@2/Print@1[0] -> [0]f/Print@1",
                        "f/Print@1[0] -> [0]Foo@4/Print@1",
                        "Foo@4/Print@1[0] -> [0]Foo@5/Print@1",
                        "Foo@5/Print@1[0] -> [0]Sink@6");
    }

    @Test
    void portsChooseADefinition() throws Exception {
        String text =
                """
                elementclass T { input -> X -> output || input -> X; || X -> output }
                T -> T -> T;
                elementclass Queue { $cap, $rate | input -> Queue($cap) -> S($rate) -> output || ... }
                A -> Queue(1, 2) -> Queue(3) -> B
                """;
        assertThat(Flat.of(text))
                .contains(
                        "T@1/X@1[0] -> [0]T@2/X@1",
                        "T@2/X@1[0] -> [0]T@3/X@1",
                        "Queue@5/Queue@1 :: Queue(1)",
                        "Queue@6 :: Queue(3)",
                        "Queue@5/S@2[0] -> [0]Queue@6",
                        "Queue@6[0] -> [0]B@7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "{ $a, $b | A } (1) ~ '@1': too few arguments; it takes $a, $b",
                "{ $a, $b | A } (1, 2, 3) ~ '@1': too many arguments; it takes $a, $b",
                "{ A } (1) ~ '@1': too many arguments; it takes none",
                "{ COUNT $count | A } (1) ~ '@1': missing 'COUNT' parameter",
                "{ COUNT $count | A } (COUNTER 1) ~ '@1': missing 'COUNT' parameter",
                "elementclass T { $a | } t :: T(1, 2); elementclass T { $a, $b | || ... } ~ 't':"
                        + " too many arguments; it takes $a",
                "elementclass T { $a | -> || B $a | } A -> T(1, 2) ~ no match for 'T@2' with 1"
                        + " input, 0 outputs and 2 arguments; candidates are: (1 input, 1 output,"
                        + " $a) (0 inputs, 0 outputs, B $a)",
                "elementclass P { -> } P ~ 'P@1' has 0 inputs, it takes 1",
                "elementclass P { -> } A -> P ~ 'P@2' has 0 outputs, it takes 1",
                "x :: { A -> output }; B -> [1]x -> B ~ 'x' has 2 inputs, it takes 0",
                "{ input -> A; input[2] -> A } ~ compound element input 1 unused",
                "{ A -> [3]output } ~ compound element output 0 unused",
                "{ A -> input } ~ pseudoelement 'input' has no input ports",
                "{ output -> A } ~ pseudoelement 'output' has no output ports",
                "{ input :: A } ~ redeclaration of pseudoelement 'input'",
                "{ A ~ syntax error near end of file; expected '}'",
                "{ A || ... } ~ syntax error near '...'; expected statements; only a named class"
                        + " can be extended",
                "elementclass T { ... || A } ~ syntax error near '||'; expected '}'",
                "{ $a, | A } ~ syntax error near '|'; expected a parameter such as '$x'",
                "{ $a A } ~ syntax error near 'A'; expected '|'",
                "{ K $a, $b | A } (1, 2) ~ positional parameter '$b' follows a keyword parameter",
                "{ __REST__ $a, K $b | A } ~ '__REST__' must be the last parameter",
                "{ $a, $a | A } (1, 2) ~ parameter '$a' occurs twice",
                "a/b :: A; a :: { b :: B } ~ redeclaration of element 'a/b'; it was declared at"
                        + " f.click:1",
                "elementclass 5 A; ~ illegal identifier '5'",
                "elementclass A; ~ syntax error near ';'; expected an element class",
                "define($a 1); define($a 2); ~ redefinition of '$a'; it was defined at f.click:1",
                "define(a 1) ~ bad definition 'a 1'; expected '$NAME VALUE'",
                "define($ 1) ~ bad definition '$ 1'; expected '$NAME VALUE'",
                "define($a=1) ~ bad definition '$a=1'; expected '$NAME VALUE'",
                "define($a x$b, $b y$a) A($a) ~ '$a' is defined by itself",
                "require(package nosuch) ~ requirement 'nosuch' not available",
                "require(userlevl) ~ requirement 'userlevl' not available; did you mean"
                        + " 'userlevel'?",
                "require(library x.click) ~ library 'x.click' not found",
                "{ require(library x.click) } ~ 'require(library)' can only be used at file scope",
                "require(a b c) ~ bad requirement 'a b c'; expected 'package NAME' or 'library"
                        + " FILE'",
            })
    void refuses(String text, String message) {
        assertThat(Flat.problems(text)).first().isEqualTo("1: " + message.strip());
    }

    @Test
    void namesTheLineInsideOfACompound() throws Exception {
        GraphText graph = Parser.parse("f.click", "elementclass B {\n A\n -> C; }\n\nB");
        assertThat(graph.elements().getFirst().where()).hasToString("f.click:2");
        assertThat(graph.connections().getFirst().where()).hasToString("f.click:3");
    }

    @Test
    void readsALibraryOnce() throws Exception {
        Libraries libraries =
                name ->
                        switch (name) {
                            case "l.click" -> "require(library m.click); elementclass L { M }";
                            case "m.click" -> "require(library l.click);\nelementclass M { X }";
                            case "bad.click" -> "\n\n-> x";
                            default -> null;
                        };
        String text =
                "require(library l.click, package userlevel); require(library \"m.click\") L; M";
        GraphText graph = Parser.parse("f.click", text, Collections.emptyMap(), libraries);
        assertThat(Flat.lines(graph)).containsExactly("M@2/X@1 :: X()", "L@1/M@1/X@1 :: X()");
        assertThat(graph.requirements()).containsExactly("userlevel");
        assertThat(graph.elements().getFirst().where()).hasToString("m.click:2");
        assertThatThrownBy(
                        () ->
                                Parser.parse(
                                        "f",
                                        "require(library bad.click)",
                                        Collections.emptyMap(),
                                        libraries))
                .hasMessage("bad.click:3: syntax error near '->'; expected an element");
    }

    @Test
    void whatUnfoldsWithoutEndIsRefused() {
        StringBuilder doubling = new StringBuilder("elementclass A0 { }\n");
        StringBuilder tenfold = new StringBuilder("elementclass T0 { }");
        for (int i = 1; i < 7; i++) {
            tenfold.append("elementclass T").append(i).append(" {");
            tenfold.append((" T" + (i - 1)).repeat(10)).append(" }");
        }
        StringBuilder crossing = new StringBuilder("elementclass P { -> }\nx, y :: X;\n");
        StringBuilder growing = new StringBuilder("define($v0 0123456789");
        for (int i = 1; i < 200; i++) {
            doubling.append("elementclass A%d { A%d; A%d }\n".formatted(i, i - 1, i - 1));
            growing.append(", $v%d $v%d$v%d".formatted(i, i - 1, i - 1));
        }
        assertThat(Flat.problems(doubling + "A199").getFirst())
                .endsWith(
                        "names and configuration strings unfold to more than 67108864 characters");
        assertThat(Flat.problems(tenfold + "T6"))
                .containsExactly(
                        "1: the compound elements unfold to more than " + Expansion.ELEMENTS_MAX);
        assertThat(Flat.problems(growing + ");\nX($v199)")).hasSize(1);
        assertThat(Flat.problems(growing + ");\nX($v30)"))
                .containsExactly("1: configuration string longer than 1048576 characters");
        String many = "X($v16);\n".repeat(200);
        assertThat(Flat.problems(growing + ");\n" + many).getFirst())
                .contains("names and configuration strings unfold to more than");
        crossing.append("x")
                .append(", x".repeat(3000))
                .append(" -> P -> y")
                .append(", y".repeat(3000));
        assertThat(Flat.problems(crossing.toString()).getFirst()).contains("unfold to more than");
    }

    @Test
    void depthHasABound() throws Exception {
        assertThat(Flat.of("{".repeat(100) + "A" + "}".repeat(100))).hasSize(1);
        assertThat(Flat.problems("{".repeat(101) + "A" + "}".repeat(101)))
                .containsExactly("1: nested too deeply; at most 100 compounds and groups");
        for (String open : List.of("(", "{", "{$a|", "a -> (", "a :: {", "elementclass A {", "[")) {
            assertThat(Flat.problems(open.repeat(50_000))).as(open).isNotEmpty();
        }
        StringBuilder chain = new StringBuilder("elementclass A0 { X }\n");
        for (int i = 1; i < 3000; i++) {
            chain.append("elementclass A%d { A%d }\n".formatted(i, i - 1));
        }
        assertThat(Flat.of(chain + "A2999").getFirst()).endsWith("/X@1 :: X()");
    }
}
