package vini.cli;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.bench.Bound;
import vini.bench.Effort;
import vini.bench.Figure;
import vini.bench.Machine;
import vini.bench.Result;
import vini.bench.Sheet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results of {@code vini bench} for programs. */
final class BenchJson {
    private BenchJson() {}

    static ObjectNode of(Machine machine, List<Result> results) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putObject("machine")
                .put("processors", machine.processors())
                .put("kernel", machine.kernel())
                .put("java", machine.java())
                .put("load", machine.load())
                .put("busy", machine.busy())
                .put("quiet", machine.isQuiet());
        ArrayNode scenarios = root.putArray("scenarios");
        results.forEach(result -> add(scenarios.addObject(), result));
        root.put(
                "holds",
                results.stream().allMatch(r -> r.unable() == null && r.shortfalls().isEmpty()));
        return root;
    }

    private static void add(ObjectNode node, Result result) {
        Sheet sheet = result.sheet();
        node.put("name", result.scenario().name()).put("title", result.scenario().title());
        node.put("took_s", Math.round(result.seconds() * 10) / 10.0);
        Effort effort = sheet.effort();
        node.putObject("effort")
                .put("rounds", effort.rounds())
                .put("seconds", effort.seconds())
                .put("quick", effort.quick());
        if (result.unable() != null) {
            node.put("unable", result.unable());
        }
        ArrayNode figures = node.putArray("figures");
        Map<String, Figure> first = new LinkedHashMap<>();
        for (Figure figure : sheet.figures()) {
            first.putIfAbsent(figure.subject(), figure);
            add(figures.addObject(), figure, first.getOrDefault(figure.subject(), figure));
        }
        ArrayNode bounds = node.putArray("bounds");
        sheet.bounds().forEach(bound -> add(bounds.addObject(), bound));
        ObjectNode cpu = node.putObject("cpu_s");
        sheet.cpu()
                .forEach(
                        (side, row) -> {
                            ObjectNode processes = cpu.putObject(side);
                            row.forEach(processes::put);
                        });
        ObjectNode moved = node.putObject("moved_gigabit");
        sheet.moved().forEach(moved::put);
        ArrayNode notes = node.putArray("notes");
        sheet.notes().forEach(notes::add);
    }

    /** The ratio is to the first of its subject, as the table has it. */
    private static void add(ObjectNode node, Figure figure, Figure first) {
        node.put("subject", figure.subject()).put("side", figure.side()).put("unit", figure.unit());
        ArrayNode values = node.putArray("values");
        figure.values().forEach(values::add);
        if (!figure.values().isEmpty()) {
            node.put("median", figure.median()).put("min", figure.min()).put("max", figure.max());
        }
        double ratio = figure.times(first);
        if (!figure.equals(first) && Double.isFinite(ratio)) {
            node.put("of_the_first", ratio);
        }
        if (figure.lacking() != null) {
            node.put("lacking", figure.lacking());
        }
    }

    private static void add(ObjectNode node, Bound bound) {
        node.put("subject", bound.subject()).put("says", bound.says());
        if (Double.isFinite(bound.measured())) {
            node.put("measured", bound.measured());
        }
        node.put("unit", bound.unit()).put("limits", bound.limits()).put("holds", bound.holds());
    }
}
