package vini.overlay.importer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * SNDlib's native network format (sndlib.put.poznan.pl): sections in parentheses with nodes, links
 * and demands. A link's routing cost becomes its OSPF cost; capacities have no unit in the file.
 */
final class SndlibImporter implements Importer {
    private static final int DEPTH_MAX = 16;

    /** A word or a list in parentheses. */
    private record Item(String word, @Nullable List<Item> items, int line) {}

    @Override
    public boolean recognises(List<Source> files) {
        return files.getFirst().head().stripLeading().startsWith("?SNDlib native format");
    }

    @Override
    public void read(List<Source> files, Draft draft) {
        new Reading(files.getFirst(), draft).read();
    }

    private static final class Reading {
        private final Source source;
        private final Draft draft;
        private final Coordinates coordinates;
        private final List<String> words = new ArrayList<>();
        private final List<Integer> lines = new ArrayList<>();
        private int at;

        Reading(Source source, Draft draft) {
            this.source = source;
            this.draft = draft;
            this.coordinates = new Coordinates(draft.notes());
        }

        void read() {
            split();
            while (at < words.size()) {
                String section = words.get(at);
                int line = lines.get(at++);
                if (at == words.size() || !words.get(at).equals("(")) {
                    throw source.fatal(
                            line,
                            Draft.quoted(section)
                                    + " begins no section; write its name and then (");
                }
                section(section, list(0), line);
            }
        }

        private void split() {
            int number = 0;
            for (String line : source.lines()) {
                number++;
                String text = line.strip();
                if (text.startsWith("# network ")) {
                    draft.name = text.substring("# network ".length()).strip();
                }
                if (text.startsWith("#") || text.startsWith("?") && number == 1) {
                    continue;
                }
                for (String word : text.replace("(", " ( ").replace(")", " ) ").split("\\s+", -1)) {
                    if (!word.isEmpty()) {
                        words.add(word);
                        lines.add(number);
                    }
                }
            }
        }

        /** At an opening parenthesis: what is in it, and past its end. */
        private List<Item> list(int depth) {
            int opened = lines.get(at++);
            if (depth > DEPTH_MAX) {
                throw source.fatal(opened, "parentheses are nested deeper than " + DEPTH_MAX);
            }
            List<Item> items = new ArrayList<>();
            while (at < words.size()) {
                String word = words.get(at);
                int line = lines.get(at);
                if (word.equals(")")) {
                    at++;
                    return items;
                }
                if (word.equals("(")) {
                    items.add(new Item("", list(depth + 1), line));
                } else {
                    at++;
                    items.add(new Item(word, null, line));
                }
            }
            throw source.fatal(opened, "the ( of this line has no ); the file is cut off");
        }

        private void section(String name, List<Item> items, int line) {
            switch (name) {
                case "NODES" -> nodes(items);
                case "LINKS" -> links(items);
                case "META" -> {}
                default -> {
                    if (!items.isEmpty()) {
                        draft.notes().add("sections without a place here", name);
                    }
                }
            }
            if (name.equals("LINKS") && draft.nodes().isEmpty()) {
                source.wrong(line, "LINKS before NODES; put the nodes first");
            }
        }

        private void nodes(List<Item> items) {
            for (int i = 0; i < items.size(); i++) {
                Item id = items.get(i);
                DraftNode node = draft.add(id.word(), source, id.line());
                if (i + 1 < items.size() && items.get(i + 1).items() != null) {
                    List<String> place = words(items.get(++i));
                    if (place.size() == 2
                            && GraphTraits.isNumber(place.get(0))
                            && GraphTraits.isNumber(place.get(1))) {
                        coordinates.add(
                                node,
                                Double.parseDouble(place.get(1)),
                                Double.parseDouble(place.get(0)));
                    } else {
                        source.wrong(id.line(), "a node's place is ( longitude latitude )");
                    }
                }
            }
            coordinates.place();
        }

        private static List<String> words(Item list) {
            List<Item> items = list.items();
            return items == null ? List.of() : items.stream().map(Item::word).toList();
        }

        /** {@code id ( a b ) capacity its-cost routing-cost setup-cost ( module cost ... )}. */
        private void links(List<Item> items) {
            int i = 0;
            while (i < items.size()) {
                Item id = items.get(i++);
                List<String> ends = i < items.size() ? words(items.get(i++)) : List.of();
                List<String> figures = new ArrayList<>();
                while (figures.size() < 4 && i < items.size() && items.get(i).items() == null) {
                    figures.add(items.get(i++).word());
                }
                boolean modules = i < items.size() && items.get(i).items() != null;
                i += modules ? 1 : 0;
                if (ends.size() != 2 || figures.size() != 4) {
                    throw source.fatal(
                            id.line(),
                            "a link is: id ( node node ) and four figures, then ( modules )");
                }
                link(id, ends, figures, modules);
            }
        }

        private void link(Item id, List<String> ends, List<String> figures, boolean modules) {
            DraftNode a = draft.find(ends.get(0));
            DraftNode b = draft.find(ends.get(1));
            if (a == null || b == null) {
                String missing = ends.get(a == null ? 0 : 1);
                source.wrong(id.line(), Draft.quoted(missing) + " is no node; name one of NODES");
                return;
            }
            DraftLink link = draft.link(a, b, source, id.line());
            if (GraphTraits.isNumber(figures.get(2))) {
                link.forward.cost = Math.max(0, Double.parseDouble(figures.get(2)));
                link.both();
            }
            if (modules || !figures.get(0).matches("[0.]+")) {
                draft.notes().add("links whose capacity is left out: it has no unit", link.shown());
            }
        }
    }
}
