package vini.experiment.spec;

import vini.experiment.probe.ProbeSpec;
import vini.overlay.json.JsonValue;
import vini.overlay.json.Kinds;
import vini.overlay.json.Place;
import vini.overlay.json.Scope;
import vini.overlay.json.Shown;
import vini.overlay.json.Suggestion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds expectations of figures that no run could give: an unknown probe, a misspelt figure, a
 * phase too many. Reads the tree itself, so that it works although other parts of the file are
 * mistaken.
 */
final class FigureCheck {
    private static final List<String> ROOTS = List.of("probes", "packets", "startup_s");
    private static final List<String> PACKETS =
            List.of("sent", "delivered", "in_flight", "loops", "dropped");

    /** With one of these an event has more times than the one at which it begins. */
    private static final List<String> SEVERAL_TIMES =
            List.of("for", "until", "every", "flap", "degrade", "replay");

    private final Map<String, List<String>> figures = new LinkedHashMap<>();
    private final int phases;

    private FigureCheck(Place root) {
        for (Place probe : root.at("probes").items()) {
            if (probe.at("name").value() instanceof JsonValue.Text name) {
                // A probe with a mistake gives unknown figures: then only its name is known.
                NamedProbe read = Kinds.struct(NamedProbe.class).read(apart(probe));
                ProbeSpec spec = read == null ? null : read.spec();
                figures.put(name.text(), spec == null ? List.of() : spec.figures());
            }
        }
        TreeSet<Duration> starts = new TreeSet<>();
        starts.add(Duration.ZERO);
        boolean whole = true;
        Place events = root.member("events");
        for (Place event : events == null ? List.<Place>of() : events.items()) {
            Duration at = ExperimentFile.time(event.member("at"));
            if (at == null || SEVERAL_TIMES.stream().anyMatch(key -> event.member(key) != null)) {
                whole = false;
            } else {
                starts.add(at);
            }
        }
        this.phases = whole ? starts.size() : Integer.MAX_VALUE;
    }

    private static Place apart(Place probe) {
        return probe.quietly().within(new Scope());
    }

    static void check(Place root) {
        Place expect = root.member("expect");
        if (expect == null) {
            return;
        }
        FigureCheck check = new FigureCheck(root);
        for (Place expectation : expect.items()) {
            Place that = expectation.member("that");
            if (that != null && that.value() instanceof JsonValue.Text text) {
                check.path(that, text.text());
            }
        }
    }

    private void path(Place place, String written) {
        FigurePath path = FigurePath.parse(written);
        if (path == null) {
            place.wrong(
                    Shown.quoted(written)
                            + " is no path; write it as in \"probes.rtt.phases[0].rtt_ms.median\"");
            return;
        }
        String root = path.key(0);
        if (!ROOTS.contains(root)) {
            unknown(place, root, "a summary", ROOTS);
        } else if (root.equals("packets")) {
            if (!PACKETS.contains(path.key(1))) {
                unknown(place, path.key(1), "\"packets\"", PACKETS);
            }
        } else if (root.equals("probes")) {
            probe(place, path);
        } else if (path.steps().size() > 1) {
            place.wrong(Shown.quoted(root) + " has no parts");
        }
    }

    private void probe(Place place, FigurePath path) {
        String name = path.key(1);
        List<String> known = figures.get(name);
        if (known == null) {
            place.wrong("no probe " + Shown.quoted(name) + meant(name, figures.keySet()));
            return;
        }
        String figure = path.shape(2);
        if (!known.isEmpty() && known.stream().noneMatch(each -> isOf(figure, each))) {
            place.wrong(
                    "probe "
                            + Shown.quoted(name)
                            + " has no figure "
                            + Shown.quoted(figure)
                            + meant(figure, known));
            return;
        }
        Integer phase = path.key(2).equals("phases") ? path.index(3) : null;
        if (phase != null && (phase >= phases || phase < -phases)) {
            place.wrong(
                    "there is no phase "
                            + phase
                            + ": the times of the events make "
                            + phases
                            + (phases == 1 ? " phase (0)" : " phases (0-" + (phases - 1) + ")"));
        }
    }

    /** Whether a figure is of that shape, in which {@code *} stands for any key. */
    private static boolean isOf(String figure, String shape) {
        if (!shape.contains("*")) {
            return figure.equals(shape);
        }
        String[] keys = figure.split("\\.", -1);
        String[] wanted = shape.split("\\.", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (keys.length != wanted.length
                    || !(wanted[i].equals("*") || wanted[i].equals(keys[i]))) {
                return false;
            }
        }
        return true;
    }

    private static void unknown(Place place, String name, String where, List<String> known) {
        place.wrong(Shown.quoted(name) + " is not in " + where + meant(name, known));
    }

    private static String meant(String written, Collection<String> known) {
        String near = Suggestion.didYouMean(written, known);
        List<String> first = new ArrayList<>(known);
        return near.isEmpty() && !first.isEmpty()
                ? "; known are " + String.join(", ", first)
                : near;
    }
}
