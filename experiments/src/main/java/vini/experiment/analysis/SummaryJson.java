package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.PacketBooks;
import vini.experiment.run.Run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the tree of {@code summary.json}; seconds have three digits, milliseconds and Mb/s three,
 * and whole numbers none.
 */
final class SummaryJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SummaryJson() {}

    static Summary summarise(Analysis analysis) {
        Run run = analysis.run();
        ObjectNode probes = NODES.objectNode();
        for (ProbeResult result : analysis.probes()) {
            probes.set(result.probe().name(), result.figures());
        }
        ObjectNode found = NODES.objectNode();
        found.set("probes", probes);
        found.set("packets", packets(run.packets(), analysis.packets()));
        found.set("convergence", convergence(analysis.convergence()));
        SummaryNode.number(found, "startup_s", startup(run));
        List<ExpectationResult> expectations =
                new ArrayList<>(Expectations.judge(run.experiment().path("expect"), found));
        expectations.addAll(Programs.judge(analysis.programs(), expectations));
        Verdict verdict = verdict(run, expectations);
        List<String> doubts = Trust.doubts(analysis);
        ObjectNode root = NODES.objectNode();
        root.put("experiment", run.name());
        root.put("verdict", verdict.word());
        for (String key : List.of("crash", "world", "hosts", "tunnels", "seed")) {
            JsonNode value = run.environment().path(key);
            if (!value.isMissingNode()) {
                root.set(key, value);
            }
        }
        root.set("startup_s", found.path("startup_s"));
        SummaryNode.number(root, "duration_s", run.endS());
        root.put("trustworthy", doubts.isEmpty());
        if (!doubts.isEmpty()) {
            ArrayNode list = root.putArray("doubts");
            doubts.forEach(list::add);
        }
        ArrayNode list = root.putArray("expectations");
        expectations.forEach(expectation -> list.add(expectation(expectation)));
        root.set("probes", probes);
        root.set("packets", found.path("packets"));
        root.set("convergence", found.path("convergence"));
        return new Summary(analysis, verdict, expectations, doubts, root);
    }

    private static Verdict verdict(Run run, List<ExpectationResult> expectations) {
        return switch (run.ending()) {
            case CRASHED -> Verdict.CRASHED;
            case INTERRUPTED -> Verdict.INTERRUPTED;
            case FINISHED ->
                    expectations.stream().allMatch(ExpectationResult::holds)
                            ? Verdict.PASSED
                            : Verdict.FAILED;
        };
    }

    private static JsonNode packets(@Nullable PacketBooks books, PacketHistory history) {
        if (books == null) {
            return NODES.nullNode();
        }
        ObjectNode node = NODES.objectNode();
        node.put("sent", books.sent());
        node.put("delivered", books.delivered());
        node.put("in_flight", books.inFlight());
        dropped(node, books.dropped());
        Long loops = history.loops();
        if (loops != null) {
            node.put("loops", loops.longValue());
        }
        if (!history.phases().isEmpty()) {
            ArrayNode phases = node.putArray("phases");
            for (PacketHistory.InPhase in : history.phases()) {
                ObjectNode one = SummaryNode.phase(phases, in.phase());
                one.put("sent", in.sent());
                one.put("delivered", in.delivered());
                one.put("loops", in.loops());
                dropped(one, in.dropped());
            }
        }
        return node;
    }

    private static void dropped(ObjectNode into, Map<String, Long> reasons) {
        ObjectNode dropped = into.putObject("dropped");
        reasons.forEach((reason, number) -> dropped.put(reason, number.longValue()));
    }

    private static ObjectNode convergence(Convergence convergence) {
        ObjectNode node = NODES.objectNode();
        node.put("fib_changes", convergence.fibChanges());
        SummaryNode.number(node, "last_change_s", convergence.lastChangeS());
        ArrayNode phases = node.putArray("phases");
        for (Convergence.Steps steps : convergence.phases()) {
            ObjectNode one = SummaryNode.phase(phases, steps.phase());
            one.put("fib_changes", steps.fibChanges());
            one.put("routers", steps.routers());
            SummaryNode.number(one, "first_after_s", steps.firstAfterS());
            SummaryNode.number(one, "last_after_s", steps.lastAfterS());
        }
        return node;
    }

    private static ObjectNode expectation(ExpectationResult result) {
        ObjectNode node = NODES.objectNode();
        node.put("that", result.that());
        node.set("value", result.value().isMissingNode() ? NODES.nullNode() : result.value());
        node.put("wanted", result.wanted());
        node.put("holds", result.holds());
        if (!result.note().isEmpty()) {
            node.put("note", result.note());
        }
        return node;
    }

    private static @Nullable Double startup(Run run) {
        JsonNode startup = run.environment().path("startup_s");
        return startup.isNumber() ? startup.doubleValue() : null;
    }
}
