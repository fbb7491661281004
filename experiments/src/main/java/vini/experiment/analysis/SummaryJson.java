package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.PacketBooks;
import vini.experiment.run.Run;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the tree of {@code summary.json}; seconds have three digits, milliseconds and Mb/s three,
 * and whole numbers none.
 */
final class SummaryJson {
    private static final int DIGITS = 3;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SummaryJson() {}

    static Summary summarise(Analysis analysis) {
        Run run = analysis.run();
        ObjectNode probes = NODES.objectNode();
        for (ProbeResult result : analysis.probes()) {
            probes.set(
                    result.probe().name(),
                    switch (result) {
                        case ProbeResult.Ping ping -> ping(ping);
                        case ProbeResult.Tcp tcp -> tcp(tcp);
                        case ProbeResult.Program program -> program(program);
                    });
        }
        ObjectNode found = NODES.objectNode();
        found.set("probes", probes);
        found.set("packets", packets(run.packets(), analysis.packets()));
        found.set("convergence", convergence(analysis.convergence()));
        number(found, "startup_s", startup(run));
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
        number(root, "duration_s", run.endS());
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

    private static ObjectNode ping(ProbeResult.Ping ping) {
        ObjectNode node = NODES.objectNode();
        node.put("sent", ping.sent());
        node.put("received", ping.received());
        ArrayNode outages = node.putArray("outages");
        for (Outage outage : ping.outages()) {
            ObjectNode one = outages.addObject();
            number(one, "from_s", outage.fromS());
            number(one, "to_s", outage.toS());
            number(one, "duration_s", outage.durationS());
            one.put("lost", outage.lost());
        }
        ArrayNode phases = node.putArray("phases");
        for (ProbeResult.PingPhase phase : ping.phases()) {
            ObjectNode one = phase(phases, phase.phase());
            one.put("sent", phase.sent());
            one.put("received", phase.received());
            steady(one, phase.steady());
            Spread rtt = phase.rttMs();
            if (rtt == null) {
                one.putNull("rtt_ms");
            } else {
                ObjectNode stats = one.putObject("rtt_ms");
                number(stats, "min", rtt.min());
                number(stats, "median", rtt.median());
                number(stats, "max", rtt.max());
            }
            path(one, phase.path());
        }
        return node;
    }

    private static ObjectNode tcp(ProbeResult.Tcp tcp) {
        ObjectNode node = NODES.objectNode();
        node.put("bytes", tcp.bytes());
        if (tcp.probe().windowBytes() > 0) {
            node.put("window_bytes", tcp.probe().windowBytes());
        }
        ArrayNode stalls = node.putArray("stalls");
        for (Stall stall : tcp.stalls()) {
            ObjectNode one = stalls.addObject();
            number(one, "from_s", stall.fromS());
            number(one, "to_s", stall.toS());
        }
        ArrayNode phases = node.putArray("phases");
        for (ProbeResult.TcpPhase phase : tcp.phases()) {
            ObjectNode one = phase(phases, phase.phase());
            one.put("bytes", phase.bytes());
            steady(one, phase.steady());
            number(one, "mbps", phase.mbps());
        }
        return node;
    }

    private static ObjectNode program(ProbeResult.Program program) {
        ObjectNode node = NODES.objectNode();
        Double from = program.fromS();
        Double to = program.toS();
        number(node, "from_s", from);
        number(node, "to_s", to);
        number(node, "duration_s", from == null || to == null ? null : to - from);
        node.put("status", program.status());
        node.put("lines", program.lines().size());
        return node;
    }

    private static ObjectNode phase(ArrayNode phases, Phase phase) {
        ObjectNode one = phases.addObject();
        number(one, "from_s", phase.fromS());
        number(one, "to_s", phase.toS());
        one.put("after", phase.after());
        return one;
    }

    private static void steady(ObjectNode one, @Nullable SteadyPart steady) {
        number(one, "steady_from_s", steady == null ? null : steady.fromS());
    }

    private static void path(ObjectNode one, @Nullable Walk walk) {
        if (walk == null || !walk.arrives()) {
            one.putNull("path");
            one.put("path_trouble", walk == null ? "the nodes are not known" : walk.trouble());
            return;
        }
        ArrayNode path = one.putArray("path");
        walk.nodes().forEach(path::add);
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
                ObjectNode one = phase(phases, in.phase());
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
        number(node, "last_change_s", convergence.lastChangeS());
        ArrayNode phases = node.putArray("phases");
        for (Convergence.Steps steps : convergence.phases()) {
            ObjectNode one = phase(phases, steps.phase());
            one.put("fib_changes", steps.fibChanges());
            one.put("routers", steps.routers());
            number(one, "first_after_s", steps.firstAfterS());
            number(one, "last_after_s", steps.lastAfterS());
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

    private static void number(ObjectNode node, String key, @Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            node.putNull(key);
            return;
        }
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_UP);
        if (rounded.stripTrailingZeros().scale() <= 0) {
            node.put(key, rounded.longValue());
        } else {
            node.put(key, rounded.doubleValue());
        }
    }
}
