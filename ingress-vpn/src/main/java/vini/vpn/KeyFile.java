package vini.vpn;

import vini.vpn.wireguard.Secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files with one secret key in base64, as {@code wg genkey} writes them. What goes wrong is told
 * with the file's name, never with what is in it.
 */
public final class KeyFile {
    private static final int BYTES_MAX = 256;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private KeyFile() {}

    /**
     * Reads a key.
     *
     * @throws IOException with a sentence for the user
     */
    public static Secret read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MAX);
        } catch (IOException e) {
            throw new IOException("the key file " + file + " cannot be read: " + why(e), e);
        }
        try {
            return Secret.parse(new String(bytes, StandardCharsets.ISO_8859_1).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "the key file " + file + " does not hold one key of 44 characters in base64",
                    e);
        }
    }

    private static String why(IOException e) {
        return e instanceof NoSuchFileException
                ? "there is none"
                : e instanceof AccessDeniedException
                        ? "you may not"
                        : String.valueOf(e.getMessage());
    }

    /** Writes a key to a file of mode 600, all of it or nothing; an older file is replaced. */
    public static void write(Path file, Secret key) throws IOException {
        write(file, key.base64() + "\n");
    }

    /** Writes a text with secrets in it to a file of mode 600, all of it or nothing. */
    public static void write(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        try (SeekableByteChannel out =
                Files.newByteChannel(
                        part,
                        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        OWNER_ONLY)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether nobody but its owner may read the file. */
    public static boolean isPrivate(Path file) throws IOException {
        Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
        return !allowed.contains(PosixFilePermission.GROUP_READ)
                && !allowed.contains(PosixFilePermission.OTHERS_READ);
    }
}
