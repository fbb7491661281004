package vini.experiment.event;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.Kind;
import vini.overlay.json.OneOrMore;
import vini.overlay.json.Place;
import vini.overlay.json.ReadBy;
import vini.overlay.json.Schemas;
import vini.overlay.json.TextKind;
import vini.overlay.json.WrongKey;
import vini.overlay.topology.Link;
import vini.overlay.topology.LinkName;
import vini.overlay.topology.Topology;
import vini.overlay.world.FailureMode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The links between sets of nodes fail; those within each set do not. */
@Called("partition")
@Doc("All links between sets of nodes fail. Nodes that are in none are one more set.")
public record Partition(
        @Doc("Sets of nodes, each a list or one node.") @ReadBy(Sets.class) List<List<String>> sets,
        @Doc("down: both ends are told; silent: packets vanish.") @Default("down") FailureMode mode)
        implements Event {
    private static final int REST = -1;

    /** A list of sets; a set is a list of names of nodes, or one of them. */
    static final class Sets implements Kind<List<List<String>>> {
        private static final OneOrMore<String> SET = new OneOrMore<>(TextKind.refersTo("node"));

        @Override
        public @Nullable List<List<String>> read(Place place) {
            List<Place> items = place.items();
            if (items.isEmpty()) {
                place.wrong("write a list of sets of nodes, as in [[\"a\", \"b\"], [\"c\"]]");
                return null;
            }
            List<List<String>> sets = new ArrayList<>();
            for (Place item : items) {
                List<String> set = SET.read(item);
                if (set != null) {
                    sets.add(set);
                }
            }
            return sets.size() == items.size() ? List.copyOf(sets) : null;
        }

        @Override
        public JsonNode write(List<List<String>> value) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            value.forEach(set -> list.add(SET.write(set)));
            return list;
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode list = JsonNodeFactory.instance.objectNode().put("type", "array");
            list.set("items", SET.schema(schemas));
            return list.put("minItems", 1);
        }
    }

    public Partition {
        Map<String, Integer> seen = setOf(sets);
        if (sets.stream().mapToInt(List::size).sum() > seen.size()) {
            throw new WrongKey("sets", "a node is named twice");
        }
        if (mode == FailureMode.ONEWAY) {
            throw new WrongKey("mode", "it is both ways: write \"down\" or \"silent\"");
        }
    }

    private static Map<String, Integer> setOf(List<List<String>> sets) {
        Map<String, Integer> number = new LinkedHashMap<>();
        for (int i = 0; i < sets.size(); i++) {
            for (String node : sets.get(i)) {
                number.put(node, i);
            }
        }
        return number;
    }

    private List<LinkName> links(Topology topology) {
        Map<String, Integer> number = setOf(sets);
        List<LinkName> between = new ArrayList<>();
        for (Link link : topology.links()) {
            int a = number.getOrDefault(link.a().name(), REST);
            int b = number.getOrDefault(link.b().name(), REST);
            if (a != b) {
                between.add(new LinkName(link.a().name(), link.b().name()));
            }
        }
        return between;
    }

    @Override
    public String words() {
        return "partition "
                + sets.stream().map(set -> String.join(" ", set)).collect(Collectors.joining(" | "))
                + Failures.manner(mode);
    }

    @Override
    public boolean lasts() {
        return true;
    }

    @Override
    public void plan(Script script) {
        List<LinkName> links = links(script.topology());
        if (links.isEmpty()) {
            throw new IllegalArgumentException("no link is between these sets of nodes");
        }
        script.begin(Failures.fail(links, mode, script.cause(), words()));
        script.end(Failures.restore(links, script.cause()));
    }

    /** Makes it known. */
    @AutoService(EventType.class)
    public static final class Type implements EventType {
        @Override
        public String key() {
            return "partition";
        }

        @Override
        public Class<Partition> form() {
            return Partition.class;
        }
    }
}
