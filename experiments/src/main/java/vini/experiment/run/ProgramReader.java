package vini.experiment.run;

import com.google.auto.service.AutoService;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/** Reads what happened to a program. */
@AutoService(ProbeReader.class)
public final class ProgramReader implements ProbeReader {
    @Override
    public String key() {
        return "program";
    }

    @Override
    public Probe.Program read(ProbeFile file) {
        List<String> command = new ArrayList<>();
        file.asked().path("command").forEach(word -> command.add(word.asString("")));
        return new Probe.Program(
                file.name(),
                file.text("on"),
                command,
                file.asked().path("serves").asBoolean(false),
                file.asked().path("status").asInt(0),
                file.objects(ProgramReader::row));
    }

    private static ProgramRow row(JsonNode node) {
        String word = node.path("event").asString("");
        for (ProgramRow.What what : ProgramRow.What.values()) {
            if (what.word().equals(word)) {
                JsonNode status = node.path("status");
                return new ProgramRow(
                        Lines.number(node, "t_s"),
                        what,
                        node.hasNonNull("text") ? node.path("text").asString("") : null,
                        status.isNumber() ? status.asInt() : null);
            }
        }
        throw new IllegalArgumentException("\"" + word + "\" does not happen to a program");
    }
}
