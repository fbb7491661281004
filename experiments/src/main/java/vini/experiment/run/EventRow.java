package vini.experiment.run;

import static java.util.stream.Collectors.joining;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One line of {@code events.jsonl}: something that the experiment did to the network.
 *
 * @param event its kind, as in the experiment: {@code fail}, {@code restore}
 * @param turn whether it makes things better or worse
 * @param links the two nodes of each link; empty where the event is about something else
 * @param node the node, or null where the event is about something else
 * @param mode of a failure: {@code down}, {@code silent} or {@code oneway}; null if it has none
 * @param plannedS when the experiment wanted it
 * @param issuedS when it was asked of the world; null if it never was
 * @param effectiveS when the world had done it; null if unknown
 * @param observedS when a probe first saw an effect; null if none did
 * @param text what it was, for people; null to say it by kind, links and mode
 */
public record EventRow(
        String event,
        Turn turn,
        List<List<String>> links,
        @Nullable String node,
        @Nullable String mode,
        double plannedS,
        @Nullable Double issuedS,
        @Nullable Double effectiveS,
        @Nullable Double observedS,
        @Nullable String text) {
    public EventRow {
        links = List.copyOf(links);
    }

    /** What it was done to: {@code dnvr-kscy}, {@code wash}; empty if that is not known. */
    public String subject() {
        return node == null
                ? links.stream().map(link -> String.join("-", link)).collect(joining(", "))
                : node;
    }

    /** What happened, for people: {@code fail dnvr-kscy (silent)}. */
    public String words() {
        if (text != null) {
            return text;
        }
        String what = subject().isEmpty() ? event : event + " " + subject();
        return mode == null || mode.equals("down") ? what : what + " (" + mode + ")";
    }

    /** The line of the file, without its end. */
    public String line() {
        return new JsonLine()
                .text("event", event)
                .text("turn", turn.toString())
                .texts("link", links.size() == 1 ? links.getFirst() : List.of())
                .lists("links", links.size() > 1 ? links : List.of())
                .optional("node", node)
                .optional("mode", mode)
                .seconds("planned_s", plannedS)
                .seconds("issued_s", issuedS)
                .seconds("effective_s", effectiveS)
                .seconds("observed_s", observedS)
                .optional("words", text)
                .end();
    }
}
