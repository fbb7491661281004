package vini.experiment.run;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One line of {@code events.jsonl}: something that the experiment did to the network.
 *
 * @param event its kind, as in the experiment: {@code fail}, {@code restore}
 * @param link the two nodes of the link, or empty where the event is about something else
 * @param node the node, or null where the event is about something else
 * @param mode of a failure: {@code down}, {@code silent} or {@code oneway}; null if it has none
 * @param plannedS when the experiment wanted it
 * @param issuedS when it was asked of the world; null if it never was
 * @param effectiveS when the world had done it; null if unknown
 * @param observedS when a probe first saw an effect; null if none did
 * @param text what it was, for people; null to say it by kind, link and mode
 */
public record EventRow(
        String event,
        List<String> link,
        @Nullable String node,
        @Nullable String mode,
        double plannedS,
        @Nullable Double issuedS,
        @Nullable Double effectiveS,
        @Nullable Double observedS,
        @Nullable String text) {
    public EventRow {
        link = List.copyOf(link);
    }

    /** What it was done to: {@code dnvr-kscy}, {@code wash}; empty if that is not known. */
    public String subject() {
        return node == null ? String.join("-", link) : node;
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
                .texts("link", link)
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
