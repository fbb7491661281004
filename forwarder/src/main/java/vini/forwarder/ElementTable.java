package vini.forwarder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The element classes as a page of documentation in Markdown: those that are here, from their
 * annotations and manuals, and those of Click that are not, from a list beside this class.
 */
public final class ElementTable {
    private static final String CLICKS = "click-elements.txt";
    private static final Pattern HANDLER =
            Pattern.compile("\\.?\\b(read|write|act|task)\\(\\s*(?:\"([a-z_0-9]+)\")?");
    private static final Pattern BODY =
            Pattern.compile("void handlers\\(Handlers \\w+\\) \\{(.*?)\n    }", Pattern.DOTALL);

    private final StringBuilder out = new StringBuilder();

    /** The page. */
    public static String markdown() {
        ElementTable table = new ElementTable();
        table.here();
        table.missing();
        return table.out.toString();
    }

    private void here() {
        SortedMap<String, SortedSet<String>> families = new TreeMap<>();
        for (String name : ElementClasses.names()) {
            String family = ElementClasses.type(name).map(t -> lastName(t)).orElse("");
            families.computeIfAbsent(family, f -> new TreeSet<>()).add(name);
        }
        out.append("## Elements that are here\n\n")
                .append(ElementClasses.names().size())
                .append(
                        " classes, by the package that they are in. `vini click --help NAME` prints"
                            + " the manual of one: its\n"
                            + "arguments, ports, handlers and an example. Ports and processing are"
                            + " in [Click's codes](forwarder.md#writing-an-element).\n"
                            + "Where `config` stands among the handlers, the configuration may be"
                            + " written while the graph runs.\n");
        families.forEach(this::family);
    }

    private static String lastName(Class<?> type) {
        String name = type.getPackageName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private void family(String family, SortedSet<String> names) {
        out.append("\n### ").append(family).append("\n\n");
        out.append(
                "| element | ports | processing | what it does | handlers | drops packets for |\n");
        out.append("| --- | --- | --- | --- | --- | --- |\n");
        for (String name : names) {
            Class<? extends Element> type = ElementClasses.type(name).orElseThrow();
            ElementClass about = ElementClasses.about(type);
            out.append("| `" + name + "` | " + about.ports() + " | " + about.processing())
                    .append(" | " + cell(summary(name)))
                    .append(" | " + handlers(type) + " | " + drops(about) + " |\n");
        }
    }

    private static String summary(String name) {
        String summary = ElementManual.summary(name);
        if (summary.isEmpty()) {
            throw new IllegalStateException(name + ": its source is not beside its class");
        }
        return summary;
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
    }

    /** The names that stand in the source of the class and of those that it extends. */
    private static String handlers(Class<? extends Element> type) {
        SortedMap<String, String> found = new TreeMap<>();
        for (Class<?> each = type; each != null && each != Element.class; ) {
            Matcher body = BODY.matcher(ElementManual.source(each).orElse(""));
            if (body.find()) {
                Matcher handler = HANDLER.matcher(body.group(1));
                while (handler.find()) {
                    if (handler.group(1).equals("task")) {
                        found.put("scheduled", "rw");
                        found.put("tickets", "rw");
                    } else if (handler.group(2) != null) {
                        String way = handler.group(1).equals("read") ? "r" : "w";
                        found.merge(handler.group(2), way, (a, b) -> a.equals(b) ? a : "rw");
                    }
                }
            }
            each = each.getSuperclass();
        }
        if (ElementClasses.about(type).live()) {
            found.put("config", "rw");
        }
        List<String> names = new ArrayList<>();
        found.forEach((name, ways) -> names.add("`" + name + "`" + suffix(ways)));
        return String.join(", ", names);
    }

    private static String drops(ElementClass about) {
        return Stream.of(about.drops())
                .map(reason -> "`" + reason + "`")
                .collect(Collectors.joining(", "));
    }

    private static String suffix(String ways) {
        return ways.equals("r") ? "" : " (" + ways + ")";
    }

    private void missing() {
        out.append("\n## Click's elements\n\n")
                .append(
                        "Click's user-level elements of the families that Vini takes over: which"
                                + " are here, and why the others are not.\n");
        List<String> here = new ArrayList<>();
        SortedMap<String, String> absent = new TreeMap<>();
        for (String line : clicks()) {
            if (line.startsWith("= ")) {
                family(here, absent);
                out.append("\n### ").append(line.substring(2)).append("\n\n");
            } else if (!line.isBlank() && !line.startsWith("#")) {
                int colon = line.lastIndexOf(": ");
                for (String name : line.substring(colon + 2).split(", ", -1)) {
                    if (ElementClasses.names().contains(name)) {
                        here.add("`" + name + "`");
                    } else {
                        absent.put(name, line.substring(0, colon));
                    }
                }
            }
        }
        family(here, absent);
    }

    private void family(List<String> here, SortedMap<String, String> absent) {
        if (!here.isEmpty()) {
            out.append("Here: ").append(String.join(", ", here)).append(".\n");
        }
        if (!absent.isEmpty()) {
            out.append(here.isEmpty() ? "" : "\n").append("| not here | why |\n| --- | --- |\n");
            SortedMap<String, List<String>> byWhy = new TreeMap<>();
            absent.forEach(
                    (name, why) ->
                            byWhy.computeIfAbsent(why, w -> new ArrayList<>())
                                    .add("`" + name + "`"));
            byWhy.forEach(
                    (why, names) ->
                            out.append("| " + String.join(", ", names) + " | " + why + " |\n"));
        }
        here.clear();
        absent.clear();
    }

    private static List<String> clicks() {
        try (InputStream in = ElementTable.class.getResourceAsStream(CLICKS)) {
            if (in == null) {
                throw new IllegalStateException(CLICKS + " is not beside its class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
