package vini.vpn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.vpn.wireguard.Secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;

class KeyFileTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void aKeyIsForItsOwnerOnlyAndComesBack() throws Exception {
        Path file = folder.resolve("key");
        Secret key = Secret.privateKey(new Random(1));
        KeyFile.write(file, Secret.privateKey(new Random(2)));
        KeyFile.write(file, key);
        assertThat(KeyFile.read(file)).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(KeyFile.isPrivate(file)).isTrue();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(KeyFile.isPrivate(file)).isFalse();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void whatIsWrongIsSaidWithoutTheKey() throws Exception {
        Path file = folder.resolve("key");
        assertThatThrownBy(() -> KeyFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage("the key file " + file + " cannot be read: there is none");
        Files.writeString(file, "qA8xeNy90mokrymfYhPF/1rz14b8V1gU3B3hNajbDVc= and more");
        assertThatThrownBy(() -> KeyFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "the key file "
                                + file
                                + " does not hold one key of 44 characters in base64");
    }
}
