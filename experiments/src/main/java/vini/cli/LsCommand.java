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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

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

    @Parameters(
            arity = "0..1",
            paramLabel = "SLICE",
            description = "Show this one's links, and the nodes that are away.")
    private @Nullable String slice;

    LsCommand(Terminal terminal, Slices slices) {
        this.terminal = terminal;
        this.slices = slices;
    }

    @Override
    public Integer call() throws IOException {
        if (slice == null) {
            ArrayNode list = all();
            json.print(list, withWords(list), terminal);
        } else {
            JsonNode links = slices.readJson(slice, "keeper", "links");
            json.print(links, forPeople(links), terminal);
            JsonNode status = slices.readJson(slice, "keeper", "status");
            sayToo(status.path("away"));
            sayToo(status.path("attached"));
        }
        return Exit.GOOD.status();
    }

    /** What belongs to the slice as a whole: below its links, where a person reads them. */
    private void sayToo(JsonNode rows) {
        if (!json.wanted() && !rows.isEmpty()) {
            terminal.say("");
            json.print(rows, terminal);
        }
    }

    /**
     * A node that is away as {@code NODE STATE}, a device of the machine as {@code DEVICE at NODE};
     * none of a column if there is none.
     */
    private static ArrayNode withWords(ArrayNode slices) {
        ArrayNode list = slices.deepCopy();
        words(list, "away", away -> word(away, "node") + " " + word(away, "state"));
        words(list, "attached", device -> word(device, "device") + " at " + word(device, "node"));
        return list;
    }

    private static String word(JsonNode of, String key) {
        return of.path(key).asString();
    }

    private static void words(ArrayNode slices, String key, Function<JsonNode, String> word) {
        boolean any = false;
        for (JsonNode slice : slices) {
            List<String> words = slice.path(key).valueStream().map(word).toList();
            any |= !words.isEmpty();
            ((ObjectNode) slice).put(key, String.join(", ", words));
        }
        if (!any) {
            slices.forEach(slice -> ((ObjectNode) slice).remove(key));
        }
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
        for (String rare : List.of("reorder", "duplicate", "corrupt")) {
            if (list.valueStream().allMatch(row -> word(row, rare).equals("0%"))) {
                list.forEach(row -> ((ObjectNode) row).remove(rare));
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
            row.set("away", status.path("away"));
            row.set("attached", status.path("attached"));
        } catch (IOException | CommandException e) {
            row.put("state", "no answer"); // it may be ending right now; the list goes on
        }
    }
}
