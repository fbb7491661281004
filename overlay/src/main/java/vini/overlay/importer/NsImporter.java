package vini.overlay.importer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Experiments of Emulab: files of ns (2) with Emulab's own commands. Nodes, links and LANs become a
 * topology; what {@code $ns at} does to links becomes a schedule.
 */
final class NsImporter implements Importer {
    private static final Pattern SIMULATOR = Pattern.compile("\\[\\s*new\\s+Simulator\\s*\\]");

    @Override
    public boolean recognises(List<Source> files) {
        return SIMULATOR.matcher(files.getFirst().head()).find();
    }

    @Override
    public void read(List<Source> files, Draft draft) {
        Source source = files.getFirst();
        Running running = new Running(source, draft);
        Tcl tcl = new Tcl(source, running);
        var _ = tcl.eval(source.text(), 1);
    }

    /**
     * The objects of a file that runs. Each is known by a handle, which is the value of its
     * command.
     */
    private static final class Running implements Tcl.Commands {
        private static final String SIMULATOR = "_ns";

        private final Source source;
        private final Draft draft;
        private final Notes notes;
        private final Map<String, DraftNode> nodes = new LinkedHashMap<>();
        private final Map<String, List<DraftLink>> links = new LinkedHashMap<>();
        private final Map<String, DraftSide> queues = new LinkedHashMap<>();

        Running(Source source, Draft draft) {
            this.source = source;
            this.draft = draft;
            this.notes = draft.notes();
        }

        @Override
        public void named(String variable, String value) {
            DraftNode node = nodes.get(value);
            if (node != null && node.label.equals(node.key)) {
                // As Emulab does: node(3) is called node-3.
                node.label = variable.replace("(", "-").replace(")", "");
            }
        }

        @Override
        public String run(List<String> words, int line) {
            String first = words.getFirst();
            if (first.equals("new")) {
                return words.size() > 1 && words.get(1).equals("Simulator")
                        ? SIMULATOR
                        : lost("new " + words.get(1));
            }
            if (first.equals(SIMULATOR)) {
                return simulator(words, line);
            }
            if (links.containsKey(first)) {
                return link(words, line);
            }
            if (queues.containsKey(first)) {
                return queue(words, line);
            }
            if (nodes.containsKey(first)) {
                return lost("$node " + words.get(1));
            }
            return first.startsWith("tb-") ? testbed(words, line) : lost(first);
        }

        private String lost(String command) {
            notes.add("commands without a place here", command);
            return "";
        }

        private String simulator(List<String> words, int line) {
            switch (words.get(1)) {
                case "node" -> {
                    String handle = "_node" + nodes.size();
                    nodes.put(handle, draft.add(handle, source, line));
                    return handle;
                }
                case "duplex-link", "simplex-link" -> {
                    return duplex(words, line);
                }
                case "make-lan", "newLan" -> {
                    return lan(words, line);
                }
                case "link" -> {
                    return handle(between(words.get(2), words.get(3), line), line);
                }
                case "cost" -> {
                    DraftLink link = between(words.get(2), words.get(3), line);
                    link.from(node(words.get(2), line)).cost =
                            NsUnits.number(words.get(4), source, line);
                }
                case "queue-limit" -> {
                    DraftLink link = between(words.get(2), words.get(3), line);
                    link.from(node(words.get(2), line)).queuePackets =
                            NsUnits.packets(words.get(4), source, line);
                }
                case "at" -> new NsSchedule(draft, source, nodes, links).at(words, line);
                case "rtmodel-at" -> {
                    DraftLink link = between(words.get(4), words.get(5), line);
                    long at = NsUnits.time(words.get(2), source, line);
                    boolean down = words.get(3).equals("down");
                    DraftEvent.Kind kind = down ? DraftEvent.Kind.FAIL : DraftEvent.Kind.RESTORE;
                    draft.event(DraftEvent.of(at, kind, link), source, line);
                }
                case "run", "rtproto" -> {}
                default -> {
                    return lost("$ns " + words.get(1));
                }
            }
            return "";
        }

        private DraftNode node(String handle, int line) {
            DraftNode node = nodes.get(handle);
            if (node == null) {
                throw source.fatal(
                        line,
                        Draft.quoted(handle)
                                + " is no node; make one by [$ns node] and name it by $");
            }
            return node;
        }

        private DraftLink between(String one, String other, int line) {
            DraftNode a = node(one, line);
            DraftNode b = node(other, line);
            for (DraftLink link : draft.links()) {
                if (link.a == a && link.b == b || link.a == b && link.b == a) {
                    return link;
                }
            }
            throw source.fatal(line, "there is no link between " + a.label + " and " + b.label);
        }

        private String handle(DraftLink link, int line) {
            for (Map.Entry<String, List<DraftLink>> each : links.entrySet()) {
                if (each.getValue().contains(link)) {
                    return each.getKey();
                }
            }
            throw source.fatal(line, "this link has no handle: " + link.shown());
        }

        private String duplex(List<String> words, int line) {
            DraftNode a = node(words.get(2), line);
            DraftNode b = node(words.get(3), line);
            DraftLink link = draft.link(a, b, source, line);
            link.oneWay = words.get(1).equals("simplex-link");
            link.forward.rateBitsPerSecond = NsUnits.rate(words.get(4), source, line);
            link.forward.delayNanos = NsUnits.time(words.get(5), source, line);
            link.both();
            if (words.size() > 6 && !words.get(6).equals("DropTail")) {
                notes.add("queues of other kinds than DropTail, which they are here", words.get(6));
            }
            return keep(List.of(link));
        }

        private String keep(List<DraftLink> made) {
            String handle = "_link" + links.size();
            links.put(handle, made);
            return handle;
        }

        private String lan(List<String> words, int line) {
            List<Lan.Member> members = new ArrayList<>();
            for (String name : TclWords.list(words.get(2))) {
                DraftSide side = new DraftSide();
                side.rateBitsPerSecond = NsUnits.rate(words.get(3), source, line);
                side.delayNanos = NsUnits.time(words.get(4), source, line);
                members.add(new Lan.Member(node(name, line), side));
            }
            if (members.size() < 2) {
                notes.add("LANs of one node, left out", source.at(line));
                return keep(List.of());
            }
            return keep(Lan.join(draft, "lan-" + links.size(), members, source, line));
        }

        private String link(List<String> words, int line) {
            if (words.get(1).equals("queue")) {
                List<DraftLink> all = links.getOrDefault(words.getFirst(), List.of());
                String handle = "_queue" + queues.size();
                queues.put(handle, all.isEmpty() ? new DraftSide() : all.getFirst().forward);
                return handle;
            }
            if (words.get(1).equals("cost") && words.size() > 2) {
                for (DraftLink link : links.getOrDefault(words.getFirst(), List.of())) {
                    link.forward.cost = NsUnits.number(words.get(2), source, line);
                    link.backward.cost = link.forward.cost;
                }
                return "";
            }
            return lost("$link " + words.get(1));
        }

        private String queue(List<String> words, int line) {
            DraftSide side = queues.get(words.getFirst());
            if (side != null && words.size() > 3 && words.get(2).equals("limit_")) {
                side.queuePackets = NsUnits.packets(words.get(3), source, line);
                return "";
            }
            return lost("$queue " + (words.size() > 2 ? words.get(2) : words.get(1)));
        }

        /** Emulab's own commands. */
        private String testbed(List<String> words, int line) {
            List<DraftLink> of = words.size() > 1 ? links.get(words.get(1)) : null;
            switch (words.getFirst()) {
                case "tb-set-link-loss", "tb-set-lan-loss" -> {
                    double loss = loss(words.get(2), line);
                    for (DraftLink link : known(of, words.get(1), line)) {
                        link.forward.loss = loss;
                        link.backward.loss = loss;
                    }
                }
                case "tb-set-link-simplex-params" -> {
                    for (DraftLink link : known(of, words.get(1), line)) {
                        DraftSide side = link.from(node(words.get(2), line));
                        side.delayNanos = NsUnits.time(words.get(3), source, line);
                        side.rateBitsPerSecond = NsUnits.rate(words.get(4), source, line);
                        side.loss = loss(words.get(5), line);
                    }
                }
                default -> {
                    return lost(words.getFirst());
                }
            }
            return "";
        }

        private List<DraftLink> known(@Nullable List<DraftLink> links, String word, int line) {
            if (links == null) {
                throw source.fatal(line, Draft.quoted(word) + " is no link; name one by $");
            }
            return links;
        }

        private double loss(String word, int line) {
            double loss = NsUnits.number(word, source, line);
            if (loss < 0 || loss > 1) {
                source.wrong(line, "the loss " + word + " is outside of 0-1");
                return 0;
            }
            return loss;
        }
    }
}
