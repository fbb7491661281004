package vini.experiment.spec;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import vini.experiment.WorldKind;
import vini.experiment.probe.ProbeSpec;
import vini.experiment.run.RunFolder;
import vini.net.Quantity;
import vini.overlay.json.InputException;
import vini.overlay.json.JsonFile;
import vini.overlay.json.JsonValue;
import vini.overlay.json.Kinds;
import vini.overlay.json.Place;
import vini.overlay.json.Problems;
import vini.overlay.json.Schemas;
import vini.overlay.json.Shown;
import vini.time.Seed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Experiment files: {@code docs/experiment.md} describes them. */
public final class ExperimentFile {
    private ExperimentFile() {}

    /**
     * Reads an experiment for the world that it names, and its topology; notes stay in {@code
     * problems}.
     *
     * @throws InputException with all mistakes of both files, or what that world has not
     */
    public static Experiment read(Path path, Problems problems) {
        return read(path, null, problems);
    }

    /**
     * Likewise, for another world.
     *
     * @param asked instead of the one that it names; null for that
     */
    public static Experiment read(Path path, @Nullable WorldKind asked, Problems problems) {
        Place root = JsonFile.read(path, path.toString(), problems);
        Experiment experiment = root == null ? null : bind(root);
        if (root != null && asked == WorldKind.VIRTUAL) {
            checkVirtual(root, "run it live");
        } else if (root != null && asked == null && namesVirtual(root)) {
            checkVirtual(root, "give it \"world\": \"live\"");
        }
        problems.throwIfAny();
        if (experiment == null) {
            throw new IllegalStateException("no experiment, and no mistake reported in " + path);
        }
        return experiment;
    }

    /** Reads the experiment at the root of a file; null after its mistakes were reported. */
    static @Nullable Experiment bind(Place root) {
        Experiment experiment = Kinds.struct(Experiment.class).read(root);
        Duration duration = time(root.member("duration"));
        Place events = root.member("events");
        if (duration != null && events != null) {
            events.items().forEach(event -> checkTimes(event, duration));
        }
        if (experiment != null && events != null) {
            checkPlans(experiment, events);
        }
        Place probes = root.member("probes");
        if (duration != null && probes != null) {
            for (Place probe : probes.items()) {
                probe.members().forEach(spec -> checkTimes(spec, duration));
            }
        }
        if (experiment != null && probes != null) {
            checkNumbers(experiment, probes);
            checkNames(experiment, probes);
        }
        if (experiment != null) {
            OutsideCheck.check(root, experiment);
        }
        FigureCheck.check(root);
        return root.file().problems().none() ? experiment : null;
    }

    private static boolean namesVirtual(Place root) {
        Place world = root.member("world");
        return world != null
                && world.value() instanceof JsonValue.Text name
                && name.text().equals(WorldKind.VIRTUAL.toString());
    }

    /** Real programs keep real time, and the outside is not in this process. */
    private static void checkVirtual(Place root, String cure) {
        Place probes = root.member("probes");
        for (Place probe : probes == null ? List.<Place>of() : probes.items()) {
            Place program = probe.member("program");
            if (program != null) {
                program.wrongPlain(
                        "real programs do not keep the virtual world's time; "
                                + cure
                                + ", or measure with ping, udp, tcp or request");
            }
        }
        Place outside = root.member("outside");
        if (outside != null && !outside.members().isEmpty()) {
            outside.wrongPlain("the virtual world has no outside; " + cure);
        }
    }

    /** What cannot be planned is found before the run. */
    private static void checkPlans(Experiment experiment, Place events) {
        long end = experiment.duration().toNanos();
        Timeline timeline = new Timeline(experiment.topology(), new Seed(0), 0, end);
        for (int i = 0; i < experiment.events().size(); i++) {
            try {
                timeline.add(experiment.events().get(i));
            } catch (IllegalArgumentException e) {
                events.at(i).wrongPlain(String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * What has a beginning or an end in the run has it before the run's end; moments, of which
     * there is a list, may be that end itself.
     */
    private static void checkTimes(Place of, Duration duration) {
        for (String key : List.of("at", "until")) {
            Place when = of.member(key);
            if (when != null) {
                beforeTheEnd(when, duration);
                for (Place moment : when.items()) {
                    if (!duration.equals(time(moment))) {
                        beforeTheEnd(moment, duration);
                    }
                }
            }
        }
    }

    /** Of some probes the world can have only so many. */
    private static void checkNumbers(Experiment experiment, Place probes) {
        Map<Class<?>, Integer> numbers = new LinkedHashMap<>();
        for (int i = 0; i < experiment.probes().size(); i++) {
            ProbeSpec spec = experiment.probes().get(i).spec();
            if (numbers.merge(spec.getClass(), 1, Integer::sum) > spec.most()) {
                probes.at(i).wrongPlain("an experiment has at most " + spec.most() + " of these");
            }
        }
    }

    /** Files and figures of probes stand beside those of the run, and of each other. */
    private static void checkNames(Experiment experiment, Place probes) {
        List<String> names = experiment.probes().stream().map(NamedProbe::name).toList();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Place place = Objects.requireNonNull(probes.at(i).member("name"));
            if (RunFolder.isTaken(name)) {
                place.wrongPlain("the run itself has files of the name \"" + name + "\"");
            }
            for (String part : RunFolder.FIGURES_OF_A_PROBE) {
                if (names.contains(name + part)) {
                    place.wrongPlain(
                            "a figure of \""
                                    + name
                                    + "\" may be called \""
                                    + name
                                    + part
                                    + "\", as another probe is");
                }
            }
        }
    }

    private static void beforeTheEnd(Place at, Duration duration) {
        Duration time = time(at);
        if (time == null || time.compareTo(duration) < 0) {
            return;
        }
        at.wrongPlain(
                Shown.quoted(at.label())
                        + ": "
                        + at.value().shown()
                        + (time.equals(duration) ? " is" : " is after")
                        + " the end of the run (\"duration\": "
                        + Shown.quoted(Quantity.ofNanos(duration.toNanos()))
                        + ")");
    }

    /** A time that other checks may use; null if it is absent or mistaken. */
    static @Nullable Duration time(@Nullable Place place) {
        if (place == null
                || !(place.value() instanceof JsonValue.Text text)
                || text.text().length() > 40) {
            return null;
        }
        try {
            return Duration.ofNanos(Quantity.nanos(text.text()));
        } catch (IllegalArgumentException e) {
            return null; // The reader of the key has reported it.
        }
    }

    /** The experiment with its topology in it and all defaults; reading it gives an equal one. */
    public static JsonNode json(Experiment experiment) {
        return Kinds.struct(Experiment.class).write(experiment);
    }

    /** {@link #json} as indented text. */
    public static String write(Experiment experiment) {
        return Schemas.pretty(json(experiment));
    }

    /** The JSON Schema of experiment files. */
    public static String schema() {
        return Schemas.of(Kinds.struct(Experiment.class), "Vini experiment");
    }
}
