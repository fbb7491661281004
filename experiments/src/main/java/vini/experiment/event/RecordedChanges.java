package vini.experiment.event;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.net.Quantity;
import vini.overlay.json.JsonValue;
import vini.overlay.json.Kind;
import vini.overlay.json.Kinds;
import vini.overlay.json.Place;
import vini.overlay.json.Schemas;
import vini.overlay.json.StructKind;
import vini.overlay.topology.LinkName;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A failure trace: a list in the experiment, or a file with lines of time, link and what it becomes
 * ({@code 12.5,dnvr-kscy,down}), or with a JSON object a line, as in the {@code events.jsonl} of
 * another run.
 */
final class RecordedChanges implements Kind<List<RecordedChange>> {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final StructKind<RecordedChange> ENTRY = Kinds.struct(RecordedChange.class);
    private static final int CHANGES_MAX = 100_000;

    @Override
    public @Nullable List<RecordedChange> read(Place place) {
        List<RecordedChange> changes = new ArrayList<>();
        if (place.value() instanceof JsonValue.Text text) {
            DataFile file = DataFile.read(place, text.text());
            Collection<String> links = place.scope().names("link");
            Collection<String> known = links == null ? List.of() : links;
            List<RecordedChange> rows = file == null ? null : file.rows(line -> row(line, known));
            if (rows == null) {
                return null;
            }
            changes.addAll(rows);
        } else {
            List<Place> items = place.items();
            for (Place item : items) {
                RecordedChange change = ENTRY.read(item);
                if (change != null) {
                    changes.add(change);
                }
            }
            if (changes.size() < items.size()) {
                return null;
            }
        }
        if (changes.isEmpty() || changes.size() > CHANGES_MAX) {
            place.wrong(changes.size() + " changes; write 1-" + CHANGES_MAX + ", or their file");
            return null;
        }
        changes.sort(Comparator.comparing(RecordedChange::at));
        return changes;
    }

    private static RecordedChange row(String line, Collection<String> known) {
        if (line.startsWith("{")) {
            return object(line, known);
        }
        String[] cell = line.split("\\s*[,;]\\s*|\\s+", -1);
        if (cell.length == 3) {
            return new RecordedChange(time(cell[0]), link(cell[1], known), becomes(cell[2]));
        }
        if (cell.length == 4) {
            LinkName link = link(cell[1] + "-" + cell[2], known);
            return new RecordedChange(time(cell[0]), link, becomes(cell[3]));
        }
        throw new IllegalArgumentException("'" + line + "' is not TIME,LINK,up or TIME,LINK,down");
    }

    private static RecordedChange object(String line, Collection<String> known) {
        JsonNode row;
        try {
            row = JSON.readTree(line);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        JsonNode at = row.has("at") ? row.path("at") : row.path("planned_s");
        JsonNode link = row.path("link");
        String name =
                link.isArray()
                        ? link.path(0).asString("") + "-" + link.path(1).asString("")
                        : link.asString("");
        String becomes = row.path("mode").asString(row.path("event").asString(""));
        becomes = row.path("becomes").asString(becomes);
        return new RecordedChange(time(at.asString("")), link(name, known), becomes(becomes));
    }

    private static Duration time(String text) {
        String at = text.matches("[0-9.]+") ? text + "s" : text;
        return Duration.ofNanos(Quantity.nanos(at));
    }

    private static RecordedChange.Becomes becomes(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "up", "restore" -> RecordedChange.Becomes.UP;
            case "down", "fail" -> RecordedChange.Becomes.DOWN;
            case "silent" -> RecordedChange.Becomes.SILENT;
            case "oneway" -> RecordedChange.Becomes.ONEWAY;
            default ->
                    throw new IllegalArgumentException(
                            "\"" + text + "\" is not up, down, silent or oneway");
        };
    }

    /** Names may have hyphens of their own, so all places of the one between them are tried. */
    private static LinkName link(String text, Collection<String> known) {
        for (int hyphen = text.indexOf('-'); hyphen > 0; hyphen = text.indexOf('-', hyphen + 1)) {
            String a = text.substring(0, hyphen);
            String b = text.substring(hyphen + 1);
            if (known.contains(a.compareTo(b) <= 0 ? a + " " + b : b + " " + a)) {
                return new LinkName(a, b);
            }
        }
        throw new IllegalArgumentException("no link \"" + text + "\" in the topology");
    }

    @Override
    public JsonNode write(List<RecordedChange> value) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        value.forEach(change -> list.add(ENTRY.write(change)));
        return list;
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        ObjectNode either = JsonNodeFactory.instance.objectNode();
        ArrayNode choice = either.putArray("oneOf");
        choice.addObject().put("type", "string");
        ObjectNode list = choice.addObject().put("type", "array");
        list.set("items", ENTRY.schema(schemas));
        return either;
    }
}
