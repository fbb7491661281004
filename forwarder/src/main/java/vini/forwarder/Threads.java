package vini.forwarder;

import vini.forwarder.lang.GraphText;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which loop each element of a graph lives on. What is connected lives together, but for what is
 * pushed into a queue: an element between push inputs and pull outputs is the only place where a
 * packet may change threads. Each such part goes to the loop that one of its elements asks for, by
 * {@link Placement}, and to the first loop where none does.
 */
final class Threads {
    private final Map<String, Wired> nodes;

    /** Each element's part, as the name of one of its elements. */
    private final Map<String, String> parts = new LinkedHashMap<>();

    private record Wish(String element, int thread) {}

    private final Map<String, Wish> wishes = new LinkedHashMap<>();

    private Threads(Map<String, Wired> nodes) {
        this.nodes = nodes;
    }

    /**
     * Gives each element its loop. Which ports push must be known.
     *
     * @param wanted threads by the elements' whole names; without any, nothing is done
     */
    static void place(
            Map<String, Wired> nodes,
            List<GraphText.Connection> connections,
            Map<String, Integer> wanted,
            Loops loops,
            List<String> problems) {
        if (wanted.isEmpty()) {
            return;
        }
        Threads threads = new Threads(nodes);
        nodes.keySet().forEach(name -> threads.parts.put(name, name));
        for (GraphText.Connection c : connections) {
            if (!threads.mayCross(c)) {
                threads.join(c.from(), c.to());
            }
        }
        wanted.forEach((element, thread) -> threads.wish(element, thread, problems));
        threads.assign(loops);
    }

    /**
     * The threads that an element asks for, by the whole names of the elements that it means: one,
     * or those of a compound element.
     *
     * @param asker in whose scope the names stand
     */
    static Map<String, Integer> wanted(
            String asker, Map<String, Integer> asked, Set<String> elements) throws ConfigException {
        Map<String, Integer> wanted = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> one : asked.entrySet()) {
            for (String element : meant(asker, one.getKey(), elements)) {
                wanted.put(element, one.getValue());
            }
        }
        return wanted;
    }

    private static List<String> meant(String asker, String wanted, Set<String> elements)
            throws ConfigException {
        for (String scope : Scopes.around(asker)) {
            String whole = scope + wanted;
            List<String> found =
                    elements.stream()
                            .filter(name -> name.equals(whole) || name.startsWith(whole + "/"))
                            .toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        throw new ConfigException("there is no element '" + wanted + "'");
    }

    private boolean mayCross(GraphText.Connection c) {
        Wired to = nodes.get(c.to());
        return to != null && to.inputKinds[c.input()] == 'h' && to.storesBetweenPushAndPull();
    }

    private String part(String name) {
        String at = name;
        while (true) {
            String next = parts.getOrDefault(at, at);
            if (next.equals(at)) {
                parts.put(name, at);
                return at;
            }
            at = next;
        }
    }

    private void join(String a, String b) {
        parts.put(part(a), part(b));
    }

    private void wish(String element, int thread, List<String> problems) {
        Wired node = nodes.get(element);
        if (node == null) {
            return;
        }
        Wish first = wishes.putIfAbsent(part(element), new Wish(element, thread));
        if (first != null && first.thread != thread) {
            problems.add(
                    "%s: '%s' on thread %d and '%s' on thread %d are connected without a queue"
                            .formatted(
                                    node.text.where(),
                                    first.element,
                                    first.thread,
                                    element,
                                    thread));
        }
    }

    private void assign(Loops loops) {
        nodes.forEach(
                (name, node) -> {
                    Wish wish = wishes.get(part(name));
                    int thread = wish == null ? 0 : wish.thread;
                    node.element.runsOn(loops.ofThread(thread));
                });
    }
}
