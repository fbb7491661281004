package vini.overlay.importer;

import org.jspecify.annotations.Nullable;

import vini.overlay.json.InputException;
import vini.overlay.json.JsonFile;
import vini.overlay.json.Place;
import vini.overlay.json.Position;
import vini.overlay.json.Problems;
import vini.overlay.topology.Topology;
import vini.overlay.topology.TopologyFile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The formats that can be imported, and the way from a file to a topology. */
public final class Imports {
    /** In the order in which they are tried: the surer a format is recognised, the earlier. */
    public static final List<Format> FORMATS =
            List.of(
                    new Format(
                            "graphml", "GraphML", List.of("graphml"), false, new GraphMlImporter()),
                    new Format(
                            "sndlib",
                            "SNDlib's native format",
                            List.of(),
                            false,
                            new SndlibImporter()),
                    new Format("gml", "GML", List.of("gml"), false, new GmlImporter()),
                    new Format("brite", "BRITE", List.of("brite"), false, new BriteImporter()),
                    new Format("ns", "Emulab's ns", List.of("ns", "tcl"), false, new NsImporter()),
                    new Format(
                            "containerlab",
                            "containerlab",
                            List.of("clab.yml", "clab.yaml"),
                            false,
                            new ContainerlabImporter()),
                    new Format(
                            "routers",
                            "router configurations",
                            List.of("cfg", "conf"),
                            true,
                            new RouterImporter()),
                    new Format(
                            "rocketfuel",
                            "Rocketfuel",
                            List.of("intra"),
                            true,
                            new RocketfuelImporter()));

    private Imports() {}

    /** The format of that name, or null. */
    public static @Nullable Format format(String name) {
        for (Format format : FORMATS) {
            if (format.name().equals(name)) {
                return format;
            }
        }
        return null;
    }

    /**
     * Imports a file, or the files of a folder.
     *
     * @param format null: recognised
     * @param name of the topology; null: as the file calls it, else as the file is called
     * @throws InputException with all mistakes
     */
    public static Imported read(Path path, @Nullable Format format, @Nullable String name) {
        Problems problems = new Problems();
        Draft draft = new Draft();
        List<Source> files = new SourceFiles(problems, draft.notes()).read(path);
        Format chosen = format == null ? recognise(path, files) : format;
        if (files.size() > 1 && !chosen.folders()) {
            throw whole(
                    path, files, "is a folder, and " + chosen.title() + " is one file: name that");
        }
        chosen.importer().read(files, draft);
        problems.throwIfAny();
        List<DraftLink> links = Fit.links(draft, files.getFirst());
        String called = name == null ? name(draft, path) : name;
        String text = TopologyText.of(called, draft, links, "");
        return new Imported(chosen, reread(path, text), draft, links, events(draft, links));
    }

    private static Format recognise(Path path, List<Source> files) {
        for (Format format : FORMATS) {
            if ((files.size() == 1 || format.folders()) && format.importer().recognises(files)) {
                return format;
            }
        }
        String file = files.getFirst().fileName();
        for (Format format : FORMATS) {
            if (files.size() == 1
                    && format.suffixes().stream().anyMatch(s -> file.endsWith("." + s))) {
                return format;
            }
        }
        List<String> titles = FORMATS.stream().map(Format::name).toList();
        throw whole(
                path,
                files,
                files.getFirst().head().stripLeading().startsWith("{")
                        ? "is JSON: a topology of Vini's needs no import"
                        : "is in no format that is known here; if it is one of "
                                + String.join(", ", titles)
                                + ", name it by --format");
    }

    private static InputException whole(Path path, List<Source> files, String text) {
        return new Source(path.toString(), "", files.getFirst().problems())
                .fatal(Position.NONE, text);
    }

    private static String name(Draft draft, Path path) {
        String name = Names.name(draft.name, 't');
        if (name.isEmpty()) {
            Path last = path.toAbsolutePath().normalize().getFileName();
            name =
                    Names.name(
                            new Source(last == null ? "" : last.toString(), "", new Problems())
                                    .stem(),
                            't');
        }
        return name.isEmpty() ? "imported" : name;
    }

    /** Whatever was imported: what comes out is checked as if a person had written it. */
    private static Topology reread(Path path, String text) {
        Problems problems = new Problems();
        Place root =
                JsonFile.of(path, "imported " + path, problems)
                        .parse(text.getBytes(StandardCharsets.UTF_8));
        Topology topology = root == null ? null : TopologyFile.bind(root);
        if (topology == null || !problems.none()) {
            throw new IllegalStateException("made an unsound topology: " + problems.mistakes());
        }
        return topology;
    }

    /**
     * The events of what is left, each on the link that stands for the one that it was made for.
     */
    private static List<DraftEvent> events(Draft draft, List<DraftLink> links) {
        Set<DraftLink> kept = new LinkedHashSet<>(links);
        List<DraftEvent> events = new ArrayList<>();
        for (DraftEvent event : draft.events()) {
            DraftLink link = event.link();
            if (link == null || kept.contains(link)) {
                events.add(event);
            } else {
                draft.notes().add("events of links that were left out, left out", link.shown());
            }
        }
        return events;
    }
}
