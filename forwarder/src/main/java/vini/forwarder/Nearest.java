package vini.forwarder;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Finds the elements of a type that lie nearest to one: those beyond them are not looked at. */
final class Nearest {
    private Nearest() {}

    static <T> List<T> upstream(Element from, Class<T> type) {
        return find(from, type, e -> e.pullInputs().stream().map(Input::source).toList());
    }

    static <T> List<T> downstream(Element from, Class<T> type) {
        return find(from, type, e -> e.pushOutputs().stream().map(Nearest::target).toList());
    }

    private static Element target(Output output) {
        return output.target() instanceof Crossing crossing ? crossing.queue() : output.target();
    }

    private static <T> List<T> find(
            Element from, Class<T> type, Function<Element, List<Element>> next) {
        List<T> found = new ArrayList<>();
        Set<Element> seen = Collections.newSetFromMap(new LinkedHashMap<>());
        seen.add(from);
        Deque<Element> ahead = new ArrayDeque<>(next.apply(from));
        while (!ahead.isEmpty()) {
            Element element = ahead.remove();
            if (!seen.add(element)) {
                continue;
            }
            if (type.isInstance(element)) {
                found.add(type.cast(element));
            } else {
                ahead.addAll(next.apply(element));
            }
        }
        return found;
    }
}
