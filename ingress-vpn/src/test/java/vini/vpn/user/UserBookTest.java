package vini.vpn.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vini.net.Prefix;
import vini.vpn.KeyFile;
import vini.vpn.wireguard.PublicKey;
import vini.vpn.wireguard.Secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Random;

class UserBookTest {
    private static final Prefix BLOCK = Prefix.parse("10.87.0.0/29");

    /** Each book has its own, or they would make the same keys. */
    private int chance = 1;

    @TempDir Path folder;

    private UserBook book() {
        return new UserBook(folder.resolve("users"), new Random(chance++));
    }

    @Test
    void whatIsWrittenIsReadByAnother() throws Exception {
        User alice = book().add("alice", "wash", BLOCK, null);
        book().remember("wash", 51_820);
        assertThat(book().users()).containsExactly(alice);
        assertThat(book().port("wash")).isEqualTo(51_820);
        Path key = Objects.requireNonNull(book().userKey("alice"));
        assertThat(KeyFile.read(key).publicKey()).isEqualTo(alice.publicKey());
    }

    @Test
    void anEgressIsChosenAndLeftToRoutingAgain() throws Exception {
        User alice = book().add("alice", "wash", BLOCK, null);
        assertThat(alice.egress()).isNull();
        assertThat(book().choose("alice", "sttl")).isEqualTo(alice.leavingAt("sttl"));
        assertThat(book().users()).containsExactly(alice.leavingAt("sttl"));
        assertThat(book().rotate("alice", null).egress()).isEqualTo("sttl");
        assertThat(book().choose("alice", null).egress()).isNull();
        assertThatThrownBy(() -> book().choose("bob", "sttl")).hasMessageContaining("no user");
    }

    @Test
    void keysAreForTheirOwnerOnly() throws Exception {
        User ignored = book().add("alice", "wash", BLOCK, null);
        Path ingress = book().ingressKey("wash");
        assertThat(mode(ingress)).isEqualTo("rw-------");
        assertThat(mode(Objects.requireNonNull(book().userKey("alice")))).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("users"))).isEqualTo("rwx------");
        assertThat(KeyFile.read(book().ingressKey("wash"))).isEqualTo(KeyFile.read(ingress));
        assertThat(Files.readString(folder.resolve("users/users.json")))
                .doesNotContain(KeyFile.read(ingress).base64());
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void aUsersOwnKeyIsAllThatIsKept() throws Exception {
        PublicKey own = Secret.privateKey(new Random(7)).publicKey();
        User carol = book().add("carol", "wash", BLOCK, own);
        assertThat(carol.publicKey()).isEqualTo(own);
        assertThat(book().userKey("carol")).isNull();
        assertThatThrownBy(() -> book().add("mallory", "wash", BLOCK, own))
                .hasMessage("user \"carol\" has that public key already");
    }

    @Test
    void theLowestFreeAddressIsTaken() throws Exception {
        for (String name : new String[] {"a", "b", "c", "d", "e"}) {
            User ignored = book().add(name, "wash", BLOCK, null);
        }
        assertThat(book().users().getFirst().address()).hasToString("10.87.0.2");
        assertThatThrownBy(() -> book().add("f", "wash", BLOCK, null))
                .hasMessageContaining("no free address");
        assertThat(book().remove("b").address()).hasToString("10.87.0.3");
        assertThat(book().userKey("b")).isNull();
        assertThat(book().add("g", "wash", BLOCK, null).address()).hasToString("10.87.0.3");
    }

    @Test
    void newKeysLeaveTheAddress() throws Exception {
        User old = book().add("alice", "wash", BLOCK, null);
        User ignored = book().add("bob", "wash", BLOCK, null);
        UserBook second = new UserBook(folder.resolve("users"), new Random(99));
        User rotated = second.rotate("alice", null);
        assertThat(rotated.address()).isEqualTo(old.address());
        assertThat(rotated.publicKey()).isNotEqualTo(old.publicKey());
        Path key = Objects.requireNonNull(book().userKey("alice"));
        assertThat(KeyFile.read(key).publicKey()).isEqualTo(rotated.publicKey());
    }

    @Test
    void whatIsNoBookIsSaidToBeNone() throws Exception {
        User ignored = book().add("alice", "wash", BLOCK, null);
        Files.writeString(folder.resolve("users/users.json"), "{\"users\": {\"alice\": {}}}");
        assertThatThrownBy(() -> book().users())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a book of users");
    }
}
