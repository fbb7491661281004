package vini.overlay.importer;

import vini.overlay.json.InputException;
import vini.overlay.json.Position;
import vini.overlay.json.Problem;
import vini.overlay.json.Problems;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads what is imported: one file, or all files of a folder. Bounded in number and size. */
final class SourceFiles {
    /** All files together. */
    private static final int MOST_BYTES = 64 << 20;

    private static final int MOST_FILES = 5_000;

    /** Folders within the folder, as {@code r1/frr.conf}. */
    private static final int DEPTH = 3;

    private final Problems problems;
    private final Notes notes;
    private long bytes;

    SourceFiles(Problems problems, Notes notes) {
        this.problems = problems;
        this.notes = notes;
    }

    /**
     * The file, or the files of the folder in the order of their names.
     *
     * @throws InputException there is none, or too much
     */
    List<Source> read(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                return List.of(source(path, bytes(path)));
            }
            List<Source> sources = new ArrayList<>();
            for (Path file : files(path)) {
                byte[] content = bytes(file);
                if (isBinary(content)) {
                    notes.add(
                            "files that are no text, left out", String.valueOf(file.getFileName()));
                } else {
                    sources.add(source(file, content));
                }
            }
            if (sources.isEmpty()) {
                throw wrong(path, "there is no text file in this folder");
            }
            return sources;
        } catch (IOException e) {
            throw wrong(
                    path, Files.exists(path) ? "cannot be read: " + e : "there is no such file");
        }
    }

    private List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            List<Path> files =
                    all.filter(file -> Files.isRegularFile(file) && !isHidden(folder, file))
                            .limit(MOST_FILES + 1L)
                            .sorted()
                            .toList();
            if (files.size() > MOST_FILES) {
                throw wrong(folder, "more than " + MOST_FILES + " files; name a smaller folder");
            }
            return files;
        }
    }

    private static boolean isHidden(Path folder, Path file) {
        for (Path part : folder.relativize(file)) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            bytes += content.length;
            if (bytes > MOST_BYTES) {
                throw wrong(file, "more than 64 MB; take a part of it");
            }
            return content;
        }
    }

    private static boolean isBinary(byte[] content) {
        for (byte each : content) {
            if (each == 0) {
                return true;
            }
        }
        return false;
    }

    private Source source(Path file, byte[] content) {
        if (isBinary(content)) {
            throw wrong(file, "is no text: there is a byte 0 in it");
        }
        return new Source(file.toString(), decode(file, content), problems);
    }

    private String decode(Path file, byte[] content) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            notes.add(
                    "files that are not UTF-8, read as Latin-1",
                    String.valueOf(file.getFileName()));
            text = new String(content, StandardCharsets.ISO_8859_1);
        }
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static InputException wrong(Path path, String text) {
        return new InputException(List.of(new Problem(path.toString(), Position.NONE, text)), 0);
    }
}
