package vini.experiment.spec;

import org.jspecify.annotations.Nullable;

import vini.experiment.probe.ProbeSpec;
import vini.experiment.run.PacketBooks;
import vini.forwarder.DropReasons;
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
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds expectations of figures that no run could give: an unknown probe, a misspelt figure, a
 * phase too many. Reads the tree itself, so that it works although other parts of the file are
 * mistaken.
 */
final class FigureCheck {
    private static final List<String> ROOTS =
            List.of("probes", "packets", "convergence", "startup_s");

    /** The figures of the network as a whole; an entry that ends with a dot goes on as it likes. */
    private static final Map<String, List<String>> WHOLE = new LinkedHashMap<>();

    static {
        WHOLE.put(
                "packets",
                List.of(
                        "sent",
                        "delivered",
                        "in_flight",
                        "loops",
                        "dropped.",
                        "phases",
                        "phases[].from_s",
                        "phases[].to_s",
                        "phases[].after",
                        "phases[].sent",
                        "phases[].delivered",
                        "phases[].loops",
                        "phases[].dropped."));
        WHOLE.put(
                "convergence",
                List.of(
                        "fib_changes",
                        "last_change_s",
                        "phases",
                        "phases[].from_s",
                        "phases[].to_s",
                        "phases[].after",
                        "phases[].fib_changes",
                        "phases[].routers",
                        "phases[].first_after_s",
                        "phases[].last_after_s"));
    }

    /** Keys of an expectation that may name another figure. */
    private static final List<String> BOUNDS =
            List.of("between", "of", "above", "below", "at_least", "at_most");

    private static final List<String> PLAIN = List.of("at", "fail", "restore", "set");

    private static final String SOME_REASONS =
            "; there are linkDown, linkLoss, linkQueueFull, noRoute, ttlExpired and more, see"
                    + " docs/elements.md";

    /** Longer texts name no figure. */
    private static final int PATH_MAX = 1000;

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
            if (at == null || !isPlain(event)) {
                whole = false;
            } else {
                starts.add(at);
            }
        }
        this.phases = whole ? starts.size() : Integer.MAX_VALUE;
    }

    /** Whether an event happens once: only then its time alone says which phases there are. */
    private static boolean isPlain(Place event) {
        return event.value() instanceof JsonValue.Struct struct
                && PLAIN.containsAll(struct.members().keySet());
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
            for (String key : BOUNDS) {
                Place bound = expectation.member(key);
                if (bound != null) {
                    check.bound(bound);
                    bound.items().forEach(check::bound);
                }
            }
        }
    }

    /** What is no path at all has been found before. */
    private void bound(Place place) {
        if (place.value() instanceof JsonValue.Text text && text.text().length() <= PATH_MAX) {
            FigurePath path = new Bound(null, text.text()).path();
            if (path != null) {
                path(place, text.text());
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
        List<String> whole = WHOLE.get(root);
        boolean good = false;
        if (!ROOTS.contains(root)) {
            unknown(place, root, "a summary", ROOTS);
        } else if (root.equals("probes")) {
            good = checkProbe(place, path);
        } else if (whole != null) {
            good = checkWhole(place, path, whole);
        } else if (path.steps().size() > 1) {
            place.wrong(Shown.quoted(root) + " has no parts");
        }
        if (good) {
            reason(place, path.reason());
        }
    }

    private static void reason(Place place, String reason) {
        if (reason.isEmpty() || reason.equals(PacketBooks.TUNNEL_LOST)) {
            return;
        }
        SortedSet<String> known = DropReasons.all();
        if (!known.contains(reason)) {
            String near = Suggestion.didYouMean(reason, known);
            place.wrong(
                    "no element drops packets for "
                            + Shown.quoted(reason)
                            + (near.isEmpty() ? SOME_REASONS : near));
        }
    }

    /** Reports what is wrong with a figure of a probe; says whether nothing is. */
    private boolean checkProbe(Place place, FigurePath path) {
        String name = path.key(1);
        List<String> known = figures.get(name);
        if (known == null) {
            place.wrong("no probe " + Shown.quoted(name) + meant(name, figures.keySet()));
            return false;
        }
        String figure = path.shape(2);
        if (!known.isEmpty() && known.stream().noneMatch(each -> isOf(figure, each))) {
            place.wrong(
                    "probe "
                            + Shown.quoted(name)
                            + " has no figure "
                            + Shown.quoted(figure)
                            + meant(figure, known));
            return false;
        }
        return checkPhase(place, path.key(2).equals("phases") ? path.index(3) : null);
    }

    /** Likewise of the network as a whole. */
    private boolean checkWhole(Place place, FigurePath path, List<String> known) {
        String figure = path.shape(1);
        if (figure.isEmpty()) {
            place.wrong(
                    Shown.quoted(path.key(0))
                            + " has parts; write one of them, as in \""
                            + path.key(0)
                            + "."
                            + known.getFirst()
                            + "\"");
            return false;
        }
        int dot = figure.lastIndexOf('.');
        boolean reason =
                dot > 0 && known.contains(figure.substring(0, dot + 1)) && !figure.endsWith("[]");
        if (!reason && !known.contains(figure) && !known.contains(figure + ".")) {
            List<String> names =
                    known.stream()
                            .map(name -> name.endsWith(".") ? name + "REASON" : name)
                            .toList();
            unknown(place, figure, Shown.quoted(path.key(0)), names);
            return false;
        }
        return checkPhase(place, path.key(1).equals("phases") ? path.index(2) : null);
    }

    private boolean checkPhase(Place place, @Nullable Integer phase) {
        if (phase != null && (phase >= phases || phase < -phases)) {
            place.wrong(
                    "there is no phase "
                            + phase
                            + ": the times of the events make "
                            + phases
                            + (phases == 1 ? " phase (0)" : " phases (0-" + (phases - 1) + ")"));
            return false;
        }
        return true;
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
