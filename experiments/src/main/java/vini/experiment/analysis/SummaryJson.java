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
        found.set("packets", packets(run.packets()));
        SummaryNode.number(found, "startup_s", startup(run));
        List<ExpectationResult> expectations =
                new ArrayList<>(Expectations.judge(run.experiment().path("expect"), found));
        expectations.addAll(Programs.judge(analysis.programs(), expectations));
        Verdict verdict = verdict(run, expectations);
        List<String> doubts = doubts(run);
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

    private static List<String> doubts(Run run) {
        List<String> doubts = new ArrayList<>();
        run.environment().path("warnings").forEach(warning -> doubts.add(warning.asString("")));
        List<String> problems = run.problems();
        if (!problems.isEmpty()) {
            int more = problems.size() - 1;
            doubts.add(
                    "the run's folder is not whole: "
                            + problems.getFirst()
                            + (more == 0 ? "" : ", and " + more + " more of the kind"));
        }
        PacketBooks books = run.packets();
        if (books != null && books.missing() != 0) {
            doubts.add(
                    "the books do not balance: of "
                            + books.sent()
                            + " packets sent, "
                            + Math.abs(books.missing())
                            + (books.missing() > 0 ? " are unaccounted for" : " too many ended"));
        }
        return doubts;
    }

    private static JsonNode packets(@Nullable PacketBooks books) {
        if (books == null) {
            return NODES.nullNode();
        }
        ObjectNode node = NODES.objectNode();
        node.put("sent", books.sent());
        node.put("delivered", books.delivered());
        node.put("in_flight", books.inFlight());
        ObjectNode dropped = node.putObject("dropped");
        for (Map.Entry<String, Long> entry : books.dropped().entrySet()) {
            dropped.put(entry.getKey(), entry.getValue());
        }
        if (books.loops() != null) {
            node.put("loops", books.loops());
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
