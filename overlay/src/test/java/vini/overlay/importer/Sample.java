package vini.overlay.importer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files written by hand, and what an import makes of them. */
final class Sample {
    private final Path folder;

    Sample(Path folder) {
        this.folder = folder;
    }

    Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Path parent = file.getParent();
        Files.createDirectories(parent == null ? folder : parent);
        return Files.writeString(file, text);
    }

    /** Imports that text as a file of that name, whose format must be recognised. */
    Imported of(String name, String text) throws IOException {
        return Imports.read(file(name, text), null, null);
    }

    /** The lines of a topology file between the one with that word and the next closing one. */
    static List<String> lines(Imported imported, String key) {
        List<String> lines = imported.text("").lines().toList();
        int from = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("  \"" + key + "\": ")) {
                from = i + 1;
            }
            if (from > 0 && i >= from && lines.get(i).matches("  [\\]}],?")) {
                return lines.subList(from, i).stream()
                        .map(line -> line.strip().replaceAll(",$", ""))
                        .toList();
            }
        }
        throw new AssertionError("no " + key + " in " + imported.text(""));
    }

    static List<String> notes(Imported imported) {
        return imported.notes().stream().map(Notes.Note::toString).toList();
    }

    /** The folder beside the checkout with topologies of others, or null. */
    static @Nullable Path topologies() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("shared/data/topologies");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        return null;
    }
}
