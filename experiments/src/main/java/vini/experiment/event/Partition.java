package vini.experiment.event;

import com.google.auto.service.AutoService;

import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.OneOrMore;
import vini.overlay.json.ReadBy;
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

    /** Lists of names of nodes. */
    static final class Sets extends OneOrMore<List<String>> {
        Sets() {
            super(new OneOrMore<>(TextKind.refersTo("node")));
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
