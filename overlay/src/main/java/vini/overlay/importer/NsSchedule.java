package vini.overlay.importer;

import vini.net.Quantity;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The events of an ns file: {@code $ns at 10.0 "$link0 down"}. */
final class NsSchedule {
    private final Draft draft;
    private final Source source;
    private final Map<String, DraftNode> nodes;
    private final Map<String, List<DraftLink>> links;

    NsSchedule(
            Draft draft,
            Source source,
            Map<String, DraftNode> nodes,
            Map<String, List<DraftLink>> links) {
        this.draft = draft;
        this.source = source;
        this.nodes = nodes;
        this.links = links;
    }

    /** The words are {@code _ns at TIME COMMAND}, the command's variables put in. */
    void at(List<String> words, int line) {
        long at = NsUnits.time(words.get(2), source, line);
        List<String> command = TclWords.list(words.get(3));
        List<DraftLink> of = command.isEmpty() ? null : links.get(command.getFirst());
        String what = command.size() < 2 ? "" : command.get(1).toLowerCase(Locale.ROOT);
        if (of == null) {
            boolean node = !command.isEmpty() && nodes.containsKey(command.getFirst());
            draft.notes()
                    .add(
                            "events that are not of links, left out",
                            node ? "$node " + what : what.isEmpty() ? words.get(3) : what);
            return;
        }
        switch (what) {
            case "down" ->
                    of.forEach(
                            link ->
                                    add(
                                            DraftEvent.of(at, DraftEvent.Kind.FAIL_SILENT, link),
                                            line));
            case "up" ->
                    of.forEach(link -> add(DraftEvent.of(at, DraftEvent.Kind.RESTORE, link), line));
            case "modify" ->
                    command.subList(2, command.size())
                            .forEach(change -> of.forEach(link -> modify(at, link, change, line)));
            default -> draft.notes().add("events of links without a place here, left out", what);
        }
    }

    private void add(DraftEvent event, int line) {
        draft.event(event, source, line);
    }

    /** {@code DELAY=40ms}; Emulab's delays without unit are milliseconds, its bandwidths kbit/s. */
    private void modify(long at, DraftLink link, String change, int line) {
        int equals = change.indexOf('=');
        String key = equals < 0 ? change : change.substring(0, equals).toUpperCase(Locale.ROOT);
        String value = equals < 0 ? "" : change.substring(equals + 1);
        boolean bare = GraphTraits.isNumber(value);
        switch (key) {
            case "DELAY" -> {
                long nanos = NsUnits.time(bare ? value + "ms" : value, source, line);
                add(DraftEvent.set(at, link, "delay", Quantity.ofNanos(nanos)), line);
            }
            case "BANDWIDTH" -> {
                long rate = NsUnits.rate(bare ? value + "kb" : value, source, line);
                if (rate > 0) {
                    add(DraftEvent.set(at, link, "rate", Quantity.ofBitsPerSecond(rate)), line);
                }
            }
            case "PLR" -> {
                double loss = NsUnits.number(value, source, line);
                if (loss < 0 || loss > 1) {
                    source.wrong(line, "the loss " + value + " is outside of 0-1");
                } else {
                    add(DraftEvent.set(at, link, "loss", Quantity.ofFraction(loss)), line);
                }
            }
            default -> draft.notes().add("events of links without a place here, left out", key);
        }
    }
}
