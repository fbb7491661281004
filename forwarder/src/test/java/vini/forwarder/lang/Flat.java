package vini.forwarder.lang;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import vini.forwarder.ConfigException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A graph as lines: {@code name :: Class(config)}, then {@code a[0] -> [1]b}. */
final class Flat {
    private Flat() {}

    static List<String> of(String text) throws ConfigException {
        return of(text, Collections.emptyMap());
    }

    static List<String> of(String text, Map<String, String> variables) throws ConfigException {
        return lines(Parser.parse("f.click", text, variables));
    }

    static List<String> lines(GraphText graph) {
        List<String> lines = new ArrayList<>();
        for (GraphText.Declaration e : graph.elements()) {
            lines.add(e.name() + " :: " + e.elementClass() + "(" + e.configuration() + ")");
        }
        for (GraphText.Connection c : graph.connections()) {
            lines.add("%s[%d] -> [%d]%s".formatted(c.from(), c.output(), c.input(), c.to()));
        }
        return lines;
    }

    /** What is wrong with a text, {@code f.click:} cut off. */
    static List<String> problems(String text) {
        List<String> problems = new ArrayList<>();
        assertThatThrownBy(() -> of(text))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e ->
                                e.problems()
                                        .forEach(
                                                p ->
                                                        problems.add(
                                                                p.replaceFirst(
                                                                        "^f\\.click:", ""))));
        return problems;
    }
}
