package vini.experiment;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import vini.experiment.run.BooksRow;
import vini.experiment.run.EventRow;
import vini.experiment.run.NeighborRow;
import vini.experiment.run.PacketBooks;
import vini.experiment.run.RouteRow;
import vini.experiment.run.RunFolder;
import vini.experiment.spec.Experiment;
import vini.experiment.spec.ExperimentFile;
import vini.experiment.spec.NamedProbe;
import vini.overlay.topology.TopologyFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the raw files of a run folder. */
final class FolderWriter {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final RunFolder folder;

    FolderWriter(RunFolder folder) {
        this.folder = folder;
    }

    /** What the run was asked for, with all defaults in it. */
    void inputs(Experiment experiment) throws IOException {
        text(RunFolder.TOPOLOGY, TopologyFile.write(experiment.topology()));
        text(RunFolder.EXPERIMENT, ExperimentFile.write(experiment));
    }

    /** The hash of each input as it stands in the folder, by its file's name. */
    SortedMap<String, String> hashes() throws IOException {
        SortedMap<String, String> hashes = new TreeMap<>();
        for (String file : List.of(RunFolder.TOPOLOGY, RunFolder.EXPERIMENT)) {
            hashes.put(file, "sha256:" + sha256(Files.readAllBytes(folder.file(file))));
        }
        return hashes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** What was seen. */
    void course(Course course) throws IOException {
        for (int i = 0; i < course.experiment().probes().size(); i++) {
            NamedProbe probe = course.experiment().probes().get(i);
            lines(folder.file(probe.spec().file(probe.name())), course.probe(i).lines());
        }
        lines(folder.file(RunFolder.EVENTS), map(course.events(), EventRow::line));
        lines(folder.file(RunFolder.ROUTES), map(course.history().routes(), RouteRow::line));
        lines(folder.file(RunFolder.ROUTERS), map(course.history().neighbors(), NeighborRow::line));
        packets(course.packets());
        lines(folder.file(RunFolder.BOOKS), BooksRow.lines(course.books()));
    }

    /** The files of a run that ended before its course began. */
    void nothing(Experiment experiment) throws IOException {
        for (NamedProbe probe : experiment.probes()) {
            lines(folder.file(probe.spec().file(probe.name())), probe.spec().head());
        }
        for (String file : List.of(RunFolder.EVENTS, RunFolder.ROUTES, RunFolder.ROUTERS)) {
            lines(folder.file(file), List.of());
        }
        packets(Books.of(""));
    }

    private interface Line<T> {
        String of(T row);
    }

    private static <T> List<String> map(List<T> rows, Line<T> line) {
        return rows.stream().map(line::of).toList();
    }

    private void packets(PacketBooks books) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("sent", books.sent());
        root.put("delivered", books.delivered());
        root.put("in_flight", books.inFlight());
        ObjectNode dropped = root.putObject("dropped");
        books.dropped().forEach(dropped::put);
        ObjectNode byNode = root.putObject("by_node");
        books.byNode().forEach((node, reasons) -> reasons(byNode.putObject(node), reasons));
        ObjectNode byPlace = root.putObject("by_place");
        books.byPlace().forEach((place, reasons) -> reasons(byPlace.putObject(place), reasons));
        json(RunFolder.PACKETS, root);
    }

    private static void reasons(ObjectNode into, Map<String, Long> reasons) {
        reasons.forEach(into::put);
    }

    /** Versions, machine, seed and how the run ended. */
    void environment(ObjectNode environment) throws IOException {
        json(RunFolder.ENVIRONMENT, environment);
    }

    private void json(String file, ObjectNode root) throws IOException {
        text(file, text(root) + "\n");
    }

    /** A tree as files have it, without the last line's end. */
    static String text(ObjectNode root) {
        return JSON.writeValueAsString(root);
    }

    private void text(String file, String text) throws IOException {
        Files.writeString(folder.file(file), text);
    }

    private static void lines(Path file, List<String> lines) throws IOException {
        Files.write(file, lines);
    }
}
