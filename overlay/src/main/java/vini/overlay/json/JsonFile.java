package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A JSON file of the user's, and where its mistakes go.
 *
 * @param shown the path as the user wrote it
 * @param folder what relative paths in the file start from
 */
public record JsonFile(String shown, Path folder, Problems problems) {
    /** Larger files are refused before they are read. */
    public static final int MOST_BYTES = 16 << 20;

    private static final int SIBLINGS = 1000;

    public JsonFile {
        problems.open(shown);
    }

    /** A file that is named on the command line or in another file. */
    public static JsonFile of(Path path, String shown, Problems problems) {
        Path parent = path.toAbsolutePath().getParent();
        return new JsonFile(shown, parent == null ? Path.of("/") : parent, problems);
    }

    /** Reads and parses; null where a mistake was found, which is then among the problems. */
    public static @Nullable Place read(Path path, String shown, Problems problems) {
        JsonFile file = of(path, shown, problems);
        byte[] bytes = file.bytes(path);
        return bytes == null ? null : file.parse(bytes);
    }

    /** Parses bytes that were read already; null where a mistake was found. */
    public @Nullable Place parse(byte[] bytes) {
        String text = decode(bytes);
        if (text == null) {
            return null;
        }
        if (text.isBlank()) {
            wrong(Position.START, "the file is empty; write a JSON object, { ... }");
            return null;
        }
        JsonValue root = new TreeBuilder(this, text).build();
        return root == null ? null : new Place(this, root, "", new Scope());
    }

    void wrong(Position at, String text) {
        problems.add(shown, at, text);
    }

    private byte @Nullable [] bytes(Path path) {
        if (Files.isDirectory(path)) {
            wrong(Position.NONE, "is a folder; name a JSON file in it");
            return null;
        }
        try {
            long size = Files.size(path);
            if (size > MOST_BYTES) {
                tooLarge("has " + (size >> 20) + " MB");
                return null;
            }
            try (InputStream in = Files.newInputStream(path)) {
                // A pipe has no size to ask for.
                byte[] bytes = in.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    tooLarge("is larger");
                    return null;
                }
                return bytes;
            }
        } catch (NoSuchFileException e) {
            wrong(Position.NONE, "there is no such file" + similar(path));
        } catch (AccessDeniedException e) {
            wrong(Position.NONE, "the file may not be read; check its permissions");
        } catch (IOException e) {
            wrong(Position.NONE, "the file cannot be read: " + e.getMessage());
        }
        return null;
    }

    private void tooLarge(String found) {
        wrong(
                Position.START,
                "the file " + found + "; topologies and experiments have at most 16 MB");
    }

    /** {@code ; did you mean "ring6.json"?} for a file that is not there, or nothing. */
    public static String similar(Path missing) {
        Path name = missing.getFileName();
        Path folder = missing.toAbsolutePath().getParent();
        if (name == null || folder == null || !Files.isDirectory(folder)) {
            return "";
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<String> names =
                    entries.limit(SIBLINGS)
                            .map(entry -> String.valueOf(entry.getFileName()))
                            .filter(entry -> entry.endsWith(".json"))
                            .sorted()
                            .toList();
            return Suggestion.didYouMean(name.toString(), names);
        } catch (IOException e) {
            return ""; // The suggestion is a courtesy; the missing file is reported anyway.
        }
    }

    private @Nullable String decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(in, out, true);
        out.flip();
        String text = out.toString();
        if (result.isError()) {
            try {
                result.throwException();
            } catch (CharacterCodingException e) {
                wrong(endOf(text), "the bytes here are not UTF-8; save the file as UTF-8");
            }
            return null;
        }
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static Position endOf(String text) {
        int line = 1;
        int start = 0;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            line++;
            start = i + 1;
        }
        return new Position(line, text.length() - start + 1);
    }
}
