package vini.experiment.analysis;

import com.google.auto.service.AutoService;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.Probe;

/** Works out what became of a program. */
@AutoService(ProbeAnalyst.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class ProgramAnalyst implements ProbeAnalyst<Probe.Program> {
    @Override
    public Class<Probe.Program> of() {
        return Probe.Program.class;
    }

    @Override
    public ProbeResult.Program analyse(Probe.Program program, Analysis ground) {
        return Programs.result(program);
    }

    static ObjectNode figures(ProbeResult.Program program) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        Double from = program.fromS();
        Double to = program.toS();
        SummaryNode.number(node, "from_s", from);
        SummaryNode.number(node, "to_s", to);
        SummaryNode.number(node, "duration_s", from == null || to == null ? null : to - from);
        node.put("status", program.status());
        node.put("lines", program.lines().size());
        return node;
    }
}
