package vini.forwarder.lang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GraphTextTest {
    private static final String TEXT =
            """
            require(package userlevel)
            define($n 10)
            elementclass Q { $cap | input -> Queue($cap) -> Shaper(1000) -> output }
            src :: Source(DATA "a|b {x}", LIMIT $n) -> c :: Classifier(0, -) => q :: Q($n), [3] d :: Sink
            q -> d; d [1] -> [1] d;
            Alone(\\<00>);
            """;

    @Test
    void writesClick() throws Exception {
        assertThat(Parser.parse("f.click", TEXT).toClick())
                .isEqualTo(
                        """
                        require(userlevel);

                        src :: Source(DATA "a|b {x}", LIMIT 10);
                        c :: Classifier(0, -);
                        d :: Sink;
                        Alone@5 :: Alone(\\<00>);
                        q/Queue@1 :: Queue(10);
                        q/Shaper@2 :: Shaper(1000);

                        src -> c
                            -> q/Queue@1
                            -> q/Shaper@2
                            -> d [1]
                            -> [1] d;
                        c [1] -> [3] d;
                        """);
    }

    @Test
    void whatItWritesIsTheSameGraph() throws Exception {
        for (String text :
                new String[] {
                    TEXT, "", "A;", "a :: A; b :: B; a -> b -> a -> a; b [1] -> [7] a [1] -> b"
                }) {
            assertSame(Parser.parse("f.click", text));
        }
    }

    /** The elements are the same in the same order; the connections are the same. */
    static void assertSame(GraphText graph) throws Exception {
        GraphText again = Parser.parse("again", graph.toClick());
        assertThat(again.requirements()).isEqualTo(graph.requirements());
        assertThat(again.elements().stream().map(e -> e.name() + e.elementClass()).toList())
                .isEqualTo(
                        graph.elements().stream().map(e -> e.name() + e.elementClass()).toList());
        assertThat(Flat.lines(again).stream().sorted().toList())
                .isEqualTo(Flat.lines(graph).stream().sorted().toList());
    }

    @Test
    void writesGraphviz() throws Exception {
        String text =
                "src :: Source(DATA \"a|b {x}\") -> [2] d :: Sink; A(" + "x,\n ".repeat(20) + ")";
        assertThat(Parser.parse("f.click", text).toDot())
                .isEqualTo(
                        """
                        digraph click {
                          node [shape=record, fontname="sans-serif", fontsize=10];
                          edge [arrowsize=0.7];
                          "src" [label="{src\\nSource(DATA\\ \\"a\\|b\\ \\{x\\}\\")|{<o0> 0}}"];
                          "d" [label="{{<i2> 2}|d\\nSink}"];
                          "A@3" [label="{A@3\\nA(x,\\ x,\\ x,\\ x,\\ x,\\ x,\\ x,\\ x,\\ x,\\ x,\\ x,\\ x,\\ x,\\ x...)}"];
                          "src":o0 -> "d":i2;
                        }
                        """);
    }
}
