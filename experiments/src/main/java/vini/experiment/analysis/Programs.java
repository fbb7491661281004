package vini.experiment.analysis;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import vini.experiment.run.Probe;
import vini.experiment.run.ProgramRow;

import java.util.ArrayList;
import java.util.List;

/** What became of the programs of a run, and whether that is what was wanted of them. */
final class Programs {
    private static final String STILL_RAN = "it still ran and was asked to end";

    private Programs() {}

    static ProbeResult.Program result(Probe.Program program) {
        Double from = null;
        Double to = null;
        Integer status = null;
        String trouble = "it was not started";
        List<String> lines = new ArrayList<>();
        for (ProgramRow row : program.rows()) {
            switch (row.what()) {
                case STARTED -> {
                    from = row.timeS();
                    trouble = "its end is not known";
                }
                case FAILED -> trouble = "it could not be started: " + row.text();
                case SAID -> lines.add(String.valueOf(row.text()));
                case STOPPED -> trouble = STILL_RAN;
                case ENDED -> {
                    to = row.timeS();
                    if (!STILL_RAN.equals(trouble)) {
                        status = row.status();
                        trouble = null;
                    }
                }
            }
        }
        return new ProbeResult.Program(program, from, to, status, trouble, lines);
    }

    /** What is expected of programs without being said, unless the experiment says otherwise. */
    static List<ExpectationResult> judge(
            List<ProbeResult.Program> programs, List<ExpectationResult> said) {
        List<ExpectationResult> results = new ArrayList<>();
        for (ProbeResult.Program program : programs) {
            String that = "probes." + program.probe().name() + ".status";
            if (said.stream().noneMatch(other -> other.that().equals(that))) {
                results.add(judge(that, program));
            }
        }
        return results;
    }

    private static ExpectationResult judge(String that, ProbeResult.Program program) {
        Integer status = program.status();
        JsonNode value =
                status == null
                        ? JsonNodeFactory.instance.nullNode()
                        : JsonNodeFactory.instance.numberNode(status.intValue());
        if (program.probe().serves()) {
            boolean served = STILL_RAN.equals(program.trouble());
            return new ExpectationResult(
                    that,
                    "none before it is asked to end",
                    value,
                    served,
                    served ? "" : status == null ? words(program) : lastWords(program));
        }
        int wanted = program.probe().wantedStatus();
        boolean holds = status != null && status == wanted;
        return new ExpectationResult(
                that,
                Integer.toString(wanted),
                value,
                holds,
                holds ? "" : status == null ? words(program) : lastWords(program));
    }

    private static String words(ProbeResult.Program program) {
        @Nullable String trouble = program.trouble();
        return trouble == null ? "" : trouble;
    }

    private static String lastWords(ProbeResult.Program program) {
        return program.lines().isEmpty() ? "" : "it said: " + program.lines().getLast();
    }
}
