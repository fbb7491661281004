package vini.overlay.importer;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Topologies of containerlab (containerlab.dev): its nodes and links, not what runs in the
 * containers. Coordinates are those of the labels for its map.
 */
final class ContainerlabImporter implements Importer {
    private static final Pattern TOPOLOGY = Pattern.compile("(?m)^topology:\\s*(#.*)?$");
    private static final int MOST_CHARACTERS = 8 << 20;
    private static final int ALIASES_MOST = 50;
    private static final int DEPTH_MAX = 64;
    private static final int MTU_MAX = 65_507;

    @Override
    public boolean recognises(List<Source> files) {
        return TOPOLOGY.matcher(files.getFirst().head()).find();
    }

    @Override
    public void read(List<Source> files, Draft draft) {
        Source source = files.getFirst();
        LoadSettings settings =
                LoadSettings.builder()
                        .setCodePointLimit(MOST_CHARACTERS)
                        .setMaxAliasesForCollections(ALIASES_MOST)
                        .setAllowDuplicateKeys(false)
                        .build();
        Node root;
        try {
            checkDepth(settings, source);
            root = new Compose(settings).composeString(source.text()).orElse(null);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw source.fatal(line, "the YAML is broken: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw source.fatal(1, "the YAML is broken: " + e.getMessage());
        }
        new Reading(source, draft).read(root);
    }

    /** The parser keeps its own stack, but what it composes is recursive. */
    private static void checkDepth(LoadSettings settings, Source source) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(source.text())) {
            if (event instanceof CollectionStartEvent && ++depth > DEPTH_MAX) {
                int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
                throw source.fatal(line, "the YAML is nested deeper than " + DEPTH_MAX);
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    private static final class Reading {
        private final Source source;
        private final Draft draft;
        private final Coordinates coordinates;

        Reading(Source source, Draft draft) {
            this.source = source;
            this.draft = draft;
            this.coordinates = new Coordinates(draft.notes());
        }

        void read(@Nullable Node root) {
            String name = text(member(root, "name"));
            draft.name = name == null ? "" : name;
            Node topology = member(root, "topology");
            Node nodes = member(topology, "nodes");
            if (!(nodes instanceof MappingNode all)) {
                throw source.fatal(
                        1, "there are no nodes in it; containerlab has them in topology: nodes:");
            }
            all.getValue().forEach(this::node);
            coordinates.place();
            if (member(topology, "links") instanceof SequenceNode links) {
                links.getValue().forEach(this::link);
            }
            lose("parts of the file without a place here", root, List.of("name", "topology"));
            lose("parts of the topology without a place here", topology, List.of("nodes", "links"));
        }

        private void lose(String note, @Nullable Node node, List<String> known) {
            if (node instanceof MappingNode map) {
                for (NodeTuple member : map.getValue()) {
                    String key = text(member.getKeyNode());
                    if (key != null && !known.contains(key)) {
                        draft.notes().add(note, key);
                    }
                }
            }
        }

        private static @Nullable Node member(@Nullable Node node, String key) {
            if (node instanceof MappingNode map) {
                for (NodeTuple member : map.getValue()) {
                    if (key.equals(text(member.getKeyNode()))) {
                        return member.getValueNode();
                    }
                }
            }
            return null;
        }

        private static @Nullable String text(@Nullable Node node) {
            return node instanceof ScalarNode scalar ? scalar.getValue() : null;
        }

        private static int line(Node node) {
            return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        }

        private void node(NodeTuple tuple) {
            String key = text(tuple.getKeyNode());
            if (key == null) {
                source.wrong(line(tuple.getKeyNode()), "a node's name is a word");
                return;
            }
            Node value = tuple.getValueNode();
            DraftNode node = draft.add(key, source, line(tuple.getKeyNode()));
            Node labels = member(value, "labels");
            String latitude = text(member(labels, "graph-geoCoordinateLat"));
            String longitude = text(member(labels, "graph-geoCoordinateLng"));
            if (latitude != null
                    && longitude != null
                    && GraphTraits.isNumber(latitude)
                    && GraphTraits.isNumber(longitude)) {
                coordinates.add(node, Double.parseDouble(latitude), Double.parseDouble(longitude));
            }
            String kind = text(member(value, "kind"));
            if (kind != null && kind.endsWith("bridge")) {
                draft.notes().add("bridges, which are routers here", key);
            }
            lose("attributes of nodes without a place here", value, List.of());
        }

        private void link(Node link) {
            String type = text(member(link, "type"));
            Node endpoints = member(link, "endpoints");
            if (!(endpoints instanceof SequenceNode list) || list.getValue().size() != 2) {
                if (type != null && !type.equals("veth")) {
                    draft.notes().add("links to the world outside, left out", type);
                    return;
                }
                source.wrong(
                        line(link), "a link has two endpoints, as in [\"r1:eth1\", \"r2:eth1\"]");
                return;
            }
            List<DraftNode> ends = new ArrayList<>();
            for (Node endpoint : list.getValue()) {
                String name = end(endpoint);
                if (name == null) {
                    source.wrong(
                            line(endpoint), "an endpoint is a node and an interface: \"r1:eth1\"");
                    return;
                }
                DraftNode node = draft.find(name);
                if (node == null
                        && List.of("host", "mgmt-net", "macvlan", "vxlan", "dummy")
                                .contains(name)) {
                    draft.notes().add("links to the world outside, left out", name);
                    return;
                }
                if (node == null) {
                    source.wrong(
                            line(endpoint),
                            Draft.quoted(name) + " is no node; name one of topology: nodes:");
                    return;
                }
                ends.add(node);
            }
            DraftLink made = draft.link(ends.get(0), ends.get(1), source, line(link));
            String mtu = text(member(link, "mtu"));
            if (mtu != null && mtu.matches("[0-9]{1,5}")) {
                made.mtu = Math.min(MTU_MAX, Integer.parseInt(mtu));
            }
            lose(
                    "attributes of links without a place here",
                    link,
                    List.of("endpoints", "mtu", "type"));
        }

        /** {@code node:interface}, or an object with both. */
        private static @Nullable String end(Node endpoint) {
            String text = text(endpoint);
            if (text == null) {
                return text(member(endpoint, "node"));
            }
            int colon = text.indexOf(':');
            return colon <= 0 ? null : text.substring(0, colon);
        }
    }
}
