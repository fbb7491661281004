package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import vini.experiment.run.RunFolder;
import vini.experiment.spec.Expectation;
import vini.overlay.json.JsonFile;
import vini.overlay.json.Kinds;
import vini.overlay.json.Place;
import vini.overlay.json.Problems;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Judges the {@code expect} section of an experiment by its summary. */
final class Expectations {
    private Expectations() {}

    static List<ExpectationResult> judge(JsonNode expect, JsonNode summary) {
        List<ExpectationResult> results = new ArrayList<>();
        for (JsonNode one : expect) {
            results.add(judgeOne(one, summary));
        }
        return List.copyOf(results);
    }

    /** One that cannot be read does not hold: a run must not pass because its file was damaged. */
    private static ExpectationResult judgeOne(JsonNode one, JsonNode summary) {
        Expectation expectation = read(one);
        if (expectation == null) {
            return new ExpectationResult(
                    one.path("that").asString("?"),
                    "?",
                    MissingNode.getInstance(),
                    false,
                    "this is no expectation");
        }
        Expectation.Outcome outcome = expectation.check(summary);
        JsonNode value = outcome.value();
        boolean nothing = !outcome.holds() && (value.isMissingNode() || value.isNull());
        return new ExpectationResult(
                outcome.that(),
                outcome.wanted(),
                value,
                outcome.holds(),
                nothing ? "there is no such value" : "");
    }

    private static @Nullable Expectation read(JsonNode one) {
        Problems problems = new Problems();
        Place place =
                JsonFile.of(Path.of(RunFolder.EXPERIMENT), RunFolder.EXPERIMENT, problems)
                        .parse(one.toString().getBytes(StandardCharsets.UTF_8));
        Expectation expectation =
                place == null ? null : Kinds.struct(Expectation.class).read(place);
        return problems.none() ? expectation : null;
    }
}
