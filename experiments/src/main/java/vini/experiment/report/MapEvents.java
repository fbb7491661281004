package vini.experiment.report;

import vini.experiment.run.EventRow;
import vini.experiment.run.Network;
import vini.experiment.run.Turn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was done to the links and nodes of a network, as words for a map: {@code fail 10 s, restore
 * 34 s}.
 */
final class MapEvents {
    /** Of more events their number and the time from the first to the last are said. */
    private static final int WORDS_MAX = 3;

    /** With words at more places nobody could read the map. */
    private static final int PLACES_MAX = 20;

    private final Map<Network.Link, List<EventRow>> links = new LinkedHashMap<>();
    private final Map<Network.Node, List<EventRow>> nodes = new LinkedHashMap<>();

    /** A piece of text in its colour. */
    record Word(String text, Ink ink) {}

    private MapEvents() {}

    static MapEvents none() {
        return new MapEvents();
    }

    static MapEvents of(Network network, List<EventRow> events) {
        MapEvents on = new MapEvents();
        for (Network.Link link : network.links()) {
            put(on.links, link, events.stream().filter(event -> isOf(event, link)).toList());
        }
        for (Network.Node node : network.nodes()) {
            put(
                    on.nodes,
                    node,
                    events.stream().filter(event -> node.name().equals(event.node())).toList());
        }
        return on;
    }

    private static <P> void put(Map<P, List<EventRow>> places, P place, List<EventRow> events) {
        if (!events.isEmpty()) {
            places.put(place, events);
        }
    }

    private static boolean isOf(EventRow event, Network.Link link) {
        return event.node() == null
                && event.links().stream()
                        .anyMatch(of -> of.size() == 2 && link.joins(of.getFirst(), of.getLast()));
    }

    /** What a map's caption says of the colours that it has by these events. */
    String legend() {
        if (links.isEmpty() && nodes.isEmpty()) {
            return "";
        }
        if (areFew()) {
            return " In colour: what happened there, and when.";
        }
        return links.values().stream().anyMatch(MapEvents::harm)
                ? " Red are links that failed or were made worse."
                : "";
    }

    /** Whether there are words at so few places that they can be read. */
    boolean areFew() {
        return links.size() + nodes.size() <= PLACES_MAX;
    }

    List<EventRow> at(Network.Link link) {
        return links.getOrDefault(link, List.of());
    }

    List<EventRow> at(Network.Node node) {
        return nodes.getOrDefault(node, List.of());
    }

    /** Whether one of them made things worse. */
    static boolean harm(List<EventRow> events) {
        return events.stream().anyMatch(event -> event.turn() == Turn.WORSE);
    }

    /** The words for what happened at one place, in order. */
    static List<Word> words(List<EventRow> events) {
        List<Word> words = new ArrayList<>();
        if (events.size() > WORDS_MAX) {
            String from = Decimals.shortest(events.getFirst().plannedS(), 2);
            String to = Decimals.shortest(events.getLast().plannedS(), 2);
            words.add(
                    new Word(
                            events.size() + " events " + from + "–" + to + " s",
                            harm(events) ? Ink.FAILURE : Ink.AXIS));
            return words;
        }
        for (int i = 0; i < events.size(); i++) {
            EventRow event = events.get(i);
            String end = i == events.size() - 1 ? "" : ", ";
            words.add(
                    new Word(
                            event.event()
                                    + " "
                                    + Decimals.shortest(event.plannedS(), 2)
                                    + " s"
                                    + end,
                            EventMarks.ink(event)));
        }
        return words;
    }

    /** All of them in one cell of a table: {@code 10 fail; 34 restore}. */
    static String cell(List<EventRow> events) {
        List<String> all = new ArrayList<>();
        for (EventRow event : events) {
            all.add(Decimals.shortest(event.plannedS(), 6) + " " + event.event());
        }
        return String.join("; ", all);
    }
}
