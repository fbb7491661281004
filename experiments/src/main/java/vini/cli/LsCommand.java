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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Lists slices, or the links of one. */
@Command(
        name = "ls",
        header = "List the slices that run, or the links of one.",
        description = {
            "%nDevices by which the machine itself is in a slice (vini attach) are listed, too;"
                    + " with --json in the list of slices."
        },
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
            ArrayNode list = all();
            json.print(list, withDevicesAsWords(list), terminal);
        } else {
            JsonNode links = slices.readJson(slice, "keeper", "links");
            json.print(links, forPeople(links), terminal);
            JsonNode devices = slices.readJson(slice, "keeper", "status").path("attached");
            if (!json.wanted() && !devices.isEmpty()) {
                terminal.say("");
                json.print(devices, terminal);
            }
        }
        return Exit.GOOD.status();
    }

    /** A device of the machine as {@code DEVICE at NODE}; none of the column if there is none. */
    private static ArrayNode withDevicesAsWords(ArrayNode slices) {
        ArrayNode list = slices.deepCopy();
        boolean any = false;
        for (JsonNode slice : list) {
            List<String> words = new ArrayList<>();
            for (JsonNode device : slice.path("attached")) {
                words.add(
                        device.path("device").asString() + " at " + device.path("node").asString());
            }
            any |= !words.isEmpty();
            ((ObjectNode) slice).put("attached", String.join(", ", words));
        }
        if (!any) {
            list.forEach(slice -> ((ObjectNode) slice).remove("attached"));
        }
        return list;
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
            row.set("attached", status.path("attached"));
        } catch (IOException | CommandException e) {
            row.put("state", "no answer"); // it may be ending right now; the list goes on
        }
    }
}
