package vini.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.forwarder.control.ControlClient;
import vini.overlay.host.StateRoot;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;

/** Lists slices, or the links of one. */
@Command(
        name = "ls",
        header = "List the slices that run, or the links of one.",
        footer = {
            "",
            "  vini ls",
            "  vini ls abilene",
            "  vini ls abilene --json",
            "",
            "A property that differs by direction is shown as FORWARD / BACKWARD.",
            "",
            "Exit status: 0 good, 2 no such slice."
        })
final class LsCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Slices slices;

    @Mixin private JsonOption json = new JsonOption();

    @Parameters(arity = "0..1", paramLabel = "SLICE", description = "Show this one's links.")
    private @Nullable String slice;

    LsCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        if (slice == null) {
            json.print(all(), terminal);
        } else {
            JsonNode links = slices.readJson(slice, "keeper", "links");
            json.print(links, forPeople(links), terminal);
        }
        return Exit.GOOD.status();
    }

    /** One column for each property, with both directions only where they differ. */
    private static ArrayNode forPeople(JsonNode links) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (JsonNode link : links) {
            ObjectNode row = list.addObject();
            row.put(
                    "link",
                    link.path("link").path(0).asString()
                            + "-"
                            + link.path("link").path(1).asString());
            for (Map.Entry<String, JsonNode> entry : link.properties()) {
                if (!entry.getValue().isContainer()) {
                    row.set(entry.getKey(), entry.getValue());
                }
            }
            for (Map.Entry<String, JsonNode> entry : link.path("forward").properties()) {
                String there = entry.getValue().asString();
                String back = link.path("backward").path(entry.getKey()).asString();
                row.put(entry.getKey(), there.equals(back) ? there : there + " / " + back);
            }
        }
        return list;
    }

    private ArrayNode all() throws IOException {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (StateRoot.Slice known : slices.root().slices()) {
            ObjectNode row = list.addObject();
            row.put("slice", known.name());
            if (known.live()) {
                describe(known.name(), row);
            } else {
                row.put("state", "killed");
            }
        }
        return list;
    }

    private void describe(String name, ObjectNode row) {
        try (ControlClient keeper = slices.keeper(name)) {
            JsonNode status = Slices.json(keeper.read("status"));
            for (String key : new String[] {"state", "nodes", "links", "full", "routes", "hosts"}) {
                row.set(key, status.path(key));
            }
            row.set("since_s", status.path("since_s"));
        } catch (IOException | CommandException e) {
            row.put("state", "no answer"); // it may be ending right now; the list goes on
        }
    }
}
