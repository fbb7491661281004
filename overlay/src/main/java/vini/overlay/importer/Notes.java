package vini.overlay.importer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an import could not keep, or had to decide: grouped by what happened and counted, so that a
 * large file does not make a thousand lines. Bounded.
 */
public final class Notes {
    /** Further kinds of notes, or things of one note, are only counted. */
    private static final int MOST = 1000;

    private static final int SHOWN = 8;

    private final Map<String, Group> groups = new LinkedHashMap<>();

    private static final class Group {
        private final Map<String, Integer> things = new LinkedHashMap<>();
        private int count;
        private int unlisted;
    }

    /**
     * One kind of note.
     *
     * @param count how often it happened
     * @param things the first few that it happened to; one that it happened to n times ends in (n)
     * @param others how many more there are
     */
    public record Note(String text, int count, List<String> things, int others) {
        @Override
        public String toString() {
            if (things.isEmpty()) {
                return text;
            }
            String more = others == 0 ? "" : ", and " + others + " more";
            return text + ": " + String.join(", ", things) + more;
        }
    }

    /** Something that holds for the whole import. */
    void add(String text) {
        var _ = group(text);
    }

    /** Something that happened to a thing: a node, a link, a key, a line. */
    void add(String text, String thing) {
        Group group = group(text);
        group.count++;
        if (group.things.containsKey(thing) || group.things.size() < MOST) {
            group.things.merge(thing, 1, Integer::sum);
        } else {
            group.unlisted++;
        }
    }

    private Group group(String text) {
        Group group = groups.get(text);
        if (group == null) {
            group = new Group();
            if (groups.size() < MOST) {
                groups.put(text, group);
            }
        }
        return group;
    }

    /** All kinds, in the order in which they first happened. */
    public List<Note> all() {
        List<Note> all = new ArrayList<>();
        groups.forEach(
                (text, group) -> {
                    List<String> things = new ArrayList<>();
                    group.things.forEach(
                            (thing, times) ->
                                    things.add(times == 1 ? thing : thing + " (" + times + ")"));
                    List<String> first = things.subList(0, Math.min(SHOWN, things.size()));
                    int others = things.size() - first.size() + group.unlisted;
                    all.add(new Note(text, Math.max(1, group.count), List.copyOf(first), others));
                });
        return all;
    }
}
