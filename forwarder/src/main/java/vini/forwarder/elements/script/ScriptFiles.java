package vini.forwarder.elements.script;

import vini.forwarder.HandlerException;
import vini.forwarder.lang.ConfigText;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The files that a script reads and writes, each opened for the one text and closed again. */
final class ScriptFiles {
    private static final int READ_BYTES_MAX = 1 << 20;

    private ScriptFiles() {}

    static void write(String file, boolean append, String text) throws IOException {
        Path path = path(file);
        if (append) {
            Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } else {
            Files.writeString(path, text);
        }
    }

    private static Path path(String file) throws IOException {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new IOException(ConfigText.quote(file) + " is not the name of a file", e);
        }
    }

    /** What stands in a file, of at most a million bytes. */
    static String read(String file) throws HandlerException {
        try (InputStream in = Files.newInputStream(path(file))) {
            byte[] bytes = in.readNBytes(READ_BYTES_MAX + 1);
            if (bytes.length > READ_BYTES_MAX) {
                throw new HandlerException(file + " has more than " + READ_BYTES_MAX + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new HandlerException(file + ": cannot be read");
        }
    }

    /** A value as it stands in a line of the script: as in a shell, without its last line's end. */
    static String withoutLineEnds(String value) {
        int length = value.length();
        while (length > 0 && "\r\n".indexOf(value.charAt(length - 1)) >= 0) {
            length--;
        }
        return value.substring(0, length);
    }
}
