package vini.experiment.run;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import vini.net.IpAddress;
import vini.net.Prefix;
import vini.net.Quantity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a run folder. Whatever is missing, cut off or wrong becomes a sentence in {@link
 * Run#problems}; what could be read is there, so that an interrupted run has its report, too.
 */
public final class RunReader {
    private static final int OUTAGE_MIN = 3;

    private final RunFolder folder;
    private final Lines lines;
    private final List<String> problems = new ArrayList<>();

    private RunReader(RunFolder folder) {
        this.folder = folder;
        this.lines = new Lines(folder, problems);
    }

    /**
     * Reads a folder.
     *
     * @throws IllegalArgumentException with a sentence for the user when this is no run folder
     */
    public static Run read(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalArgumentException(path + ": there is no such folder");
        }
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException(path + " is not a folder: name a run's folder");
        }
        if (!Files.isReadable(path) || !Files.isExecutable(path)) {
            throw new IllegalArgumentException(
                    path + " may not be read by you; check its permissions");
        }
        if (!Files.exists(path.resolve(RunFolder.EXPERIMENT))
                && !Files.exists(path.resolve(RunFolder.ENVIRONMENT))) {
            throw new IllegalArgumentException(
                    path + " is not a run's folder: it has no " + RunFolder.EXPERIMENT);
        }
        return new RunReader(new RunFolder(path)).read();
    }

    private Run read() {
        JsonNode topology = lines.tree(RunFolder.TOPOLOGY);
        JsonNode experiment = lines.tree(RunFolder.EXPERIMENT);
        JsonNode environment = lines.tree(RunFolder.ENVIRONMENT);
        Network network =
                new NetworkReader(problems)
                        .read(folder, topology)
                        .with(
                                outside(
                                        experiment.path("outside"),
                                        environment.path("addresses"),
                                        topology.path("nodes")));
        List<EventRow> events = lines.objects(RunFolder.EVENTS, true, RunReader::event);
        List<RouteRow> routes = sorted(lines.objects(RunFolder.ROUTES, true, RunReader::route));
        List<NeighborRow> neighbors = lines.objects(RunFolder.ROUTERS, false, RunReader::neighbor);
        boolean whole = environment.path("ended_s").asDouble(Double.NaN) >= 0;
        List<Probe> probes = probes(experiment, environment.path("flows"), whole);
        double duration = duration(experiment);
        List<BooksRow> books = books();
        double last = lastTime(probes, events, books);
        Run.Ending ending = ending(environment, duration, probes.isEmpty() ? duration : last);
        double end = environment.path("ended_s").asDouble(Double.NaN);
        if (!whole) {
            boolean all = ending == Run.Ending.FINISHED && duration > 0;
            end = all ? duration : duration > 0 ? Math.min(last, duration) : last;
        }
        return new Run(
                folder,
                experiment.path("name").asString("run"),
                network,
                topology,
                experiment,
                environment,
                ending,
                duration,
                end,
                Math.max(1, experiment.path("outage_min").asInt(OUTAGE_MIN)),
                probes,
                events,
                routes,
                neighbors,
                packets(lines.tree(RunFolder.PACKETS)),
                books,
                problems);
    }

    private List<Network.Outside> outside(JsonNode hosts, JsonNode addresses, JsonNode nodes) {
        List<Network.Outside> outside = new ArrayList<>();
        for (Map.Entry<String, JsonNode> host : hosts.properties()) {
            String address = addresses.path(host.getKey()).asString("");
            IpAddress known = null;
            try {
                known = address.isEmpty() ? null : IpAddress.parse(address);
            } catch (IllegalArgumentException e) {
                problems.add(RunFolder.ENVIRONMENT + ": " + e.getMessage());
            }
            outside.add(
                    new Network.Outside(host.getKey(), entrance(host.getValue(), nodes), known));
        }
        return outside;
    }

    private static Entrance entrance(JsonNode host, JsonNode nodes) {
        String behind = host.path("behind").asString("");
        List<String> all = new ArrayList<>(List.of(behind));
        for (Map.Entry<String, JsonNode> node : nodes.properties()) {
            JsonNode backs = node.getValue().path("ingress").path("backs");
            if (host.path("vpn").asBoolean(false) && backs.asString("").equals(behind)) {
                all.add(node.getKey());
            }
        }
        return new Entrance(all);
    }

    private List<Probe> probes(JsonNode experiment, JsonNode flows, boolean whole) {
        ProbeReaders readers = new ProbeReaders();
        List<Probe> probes = new ArrayList<>();
        for (JsonNode node : experiment.path("probes")) {
            String name = node.path("name").asString("");
            ProbeReader reader = readers.of(node);
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
                problems.add(RunFolder.EXPERIMENT + ": a probe has no usable name");
            } else if (reader == null) {
                problems.add(RunFolder.EXPERIMENT + ": probe \"" + name + "\" is of no known kind");
            } else {
                int ports = flows.path(name).asInt(0);
                JsonNode asked = node.path(reader.key());
                probes.add(reader.read(new ProbeFile(name, asked, ports, whole, lines, problems)));
            }
        }
        return probes;
    }

    private static EventRow event(JsonNode node) {
        List<List<String>> links = new ArrayList<>();
        node.path("links").forEach(link -> links.add(texts(link)));
        if (node.has("link")) {
            links.add(texts(node.path("link")));
        }
        String kind = node.path("event").asString("event");
        return new EventRow(
                kind,
                Turn.of(node.path("turn").asString(""), kind),
                links,
                words(node, "node"),
                words(node, "mode"),
                Lines.number(node, "planned_s"),
                optional(node, "issued_s"),
                optional(node, "effective_s"),
                optional(node, "observed_s"),
                words(node, "words"));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asString("")));
        return texts;
    }

    private static RouteRow route(JsonNode node) {
        List<String> next = new ArrayList<>();
        node.path("next").forEach(name -> next.add(name.asString("")));
        return new RouteRow(
                Lines.number(node, "t_s"),
                node.path("node").asString(""),
                !node.path("op").asString("set").equals("remove"),
                Prefix.parse(node.path("prefix").asString("")),
                next);
    }

    private static NeighborRow neighbor(JsonNode node) {
        return new NeighborRow(
                Lines.number(node, "t_s"),
                node.path("node").asString(""),
                node.path("neighbor").asString(""),
                node.path("from").asString(""),
                node.path("to").asString(""),
                node.path("event").asString(""));
    }

    private List<BooksRow> books() {
        List<BooksRow> rows =
                lines.table(RunFolder.BOOKS, (head, cells) -> BooksRow.of(head, cells));
        List<BooksRow> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingDouble(BooksRow::timeS));
        return sorted;
    }

    private static @Nullable PacketBooks packets(JsonNode node) {
        if (!node.has("sent")) {
            return null;
        }
        return new PacketBooks(
                node.path("sent").asLong(0),
                node.path("delivered").asLong(0),
                node.path("in_flight").asLong(0),
                counts(node.path("dropped")),
                places(node.path("by_node")),
                places(node.path("by_place")));
    }

    private static SortedMap<String, SortedMap<String, Long>> places(JsonNode node) {
        SortedMap<String, SortedMap<String, Long>> places = new TreeMap<>();
        node.properties().forEach(e -> places.put(e.getKey(), counts(e.getValue())));
        return places;
    }

    private static SortedMap<String, Long> counts(JsonNode node) {
        SortedMap<String, Long> counts = new TreeMap<>();
        node.properties().forEach(e -> counts.put(e.getKey(), e.getValue().asLong(0)));
        return counts;
    }

    private static Run.Ending ending(JsonNode environment, double duration, double last) {
        String said = environment.path("ending").asString("").toUpperCase(Locale.ROOT);
        for (Run.Ending ending : Run.Ending.values()) {
            if (ending.name().equals(said)) {
                return ending;
            }
        }
        // A killed command writes no ending: then the rows tell. Two seconds are the slack.
        return last < duration - 2 ? Run.Ending.INTERRUPTED : Run.Ending.FINISHED;
    }

    private static double lastTime(
            List<Probe> probes, List<EventRow> events, List<BooksRow> books) {
        double last = 0;
        for (Probe probe : probes) {
            last = Math.max(last, probe.lastS());
        }
        if (last == 0 && !books.isEmpty()) {
            last = Math.max(0, books.getLast().timeS()); // ahead of probes, which wait for answers
        }
        for (EventRow event : events) {
            last = Math.max(last, event.plannedS());
        }
        return last;
    }

    private double duration(JsonNode experiment) {
        try {
            JsonNode node = experiment.path("duration");
            return node.isNumber()
                    ? node.doubleValue()
                    : node.isMissingNode() ? 0 : Quantity.nanos(node.asString("")) / 1e9;
        } catch (IllegalArgumentException e) {
            problems.add(RunFolder.EXPERIMENT + ": duration: " + e.getMessage());
            return 0;
        }
    }

    private static @Nullable Double optional(JsonNode node, String key) {
        return node.path(key).isNumber() ? Lines.number(node, key) : null;
    }

    private static @Nullable String words(JsonNode node, String key) {
        return node.hasNonNull(key) ? node.path(key).asString("") : null;
    }

    private static List<RouteRow> sorted(List<RouteRow> rows) {
        List<RouteRow> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingDouble(RouteRow::timeS)); // stable: equal times keep order
        return Collections.unmodifiableList(sorted);
    }
}
