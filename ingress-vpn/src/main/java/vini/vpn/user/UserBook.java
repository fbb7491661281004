package vini.vpn.user;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.vpn.KeyFile;
import vini.vpn.wireguard.PublicKey;
import vini.vpn.wireguard.Secret;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * The users of a slice, in a folder that outlives it (mode 700): {@code users.json}, and for each
 * ingress and each user whose keys were made here a file {@code NAME.key} (mode 600). Several
 * processes may use it: a change is made under a lock, and a reader sees the state before or after
 * it.
 */
public final class UserBook {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String USERS = "users.json";

    /** The first address of a block is the ingress's, should it ever want one. */
    private static final int FIRST_USER = 2;

    private final Path folder;
    private final RandomGenerator chance;

    /**
     * The book in that folder, which is made when it is needed.
     *
     * @param chance of keys; nobody else may be able to guess it
     */
    public UserBook(Path folder, RandomGenerator chance) {
        this.folder = folder;
        this.chance = chance;
    }

    public Path folder() {
        return folder;
    }

    /** What is in the book at one time. */
    private record Content(Map<String, Integer> ports, Map<String, User> users) {
        Content() {
            this(new LinkedHashMap<>(), new LinkedHashMap<>());
        }
    }

    /** All users by name. */
    public List<User> users() throws IOException {
        return List.copyOf(read().users.values());
    }

    /** The user of that name; null if there is none. */
    public @Nullable User user(String name) throws IOException {
        return read().users.get(name);
    }

    /** The UDP port that an ingress had the last time; null before the first. */
    public @Nullable Integer port(String ingress) throws IOException {
        return read().ports.get(ingress);
    }

    /** The clients of its users know that port. */
    public void remember(String ingress, int port) throws IOException {
        User ignored =
                change(
                        content -> {
                            content.ports.put(ingress, port);
                            return null;
                        });
    }

    /** The file of an ingress's private key, which is made if there is none. */
    public Path ingressKey(String ingress) throws IOException {
        Path file = folder.resolve("ingress-" + ingress + ".key");
        if (!Files.exists(file)) {
            makeFolder();
            KeyFile.write(file, Secret.privateKey(chance));
        }
        return file;
    }

    /** The file of a user's private key; null if it was not made here. */
    public @Nullable Path userKey(String name) {
        Path file = folder.resolve(name + ".key");
        return Files.exists(file) ? file : null;
    }

    /** A change of the book under its lock. */
    private interface Change {
        @Nullable User make(Content content) throws IOException;
    }

    /**
     * Adds a user with the lowest free address of a block.
     *
     * @param block the addresses of the ingress's users
     * @param publicKey the user's own; null: a pair of keys is made here
     * @throws IllegalArgumentException with a sentence: the name or the key is taken, the block
     *     full
     */
    public User add(String name, String ingress, Prefix block, @Nullable PublicKey publicKey)
            throws IOException {
        return must(
                change(
                        content -> {
                            if (content.users.containsKey(name)) {
                                throw new IllegalArgumentException(
                                        "there is a user \"" + name + "\" already");
                            }
                            Draft draft = new Draft(name, ingress, null, free(content, block));
                            return put(content, draft, publicKey);
                        }));
    }

    /** Gives a user new keys; the address stays. */
    public User rotate(String name, @Nullable PublicKey publicKey) throws IOException {
        return must(
                change(
                        content -> {
                            User old = known(content, name);
                            content.users.remove(name);
                            Files.deleteIfExists(folder.resolve(name + ".key"));
                            Draft draft =
                                    new Draft(name, old.ingress(), old.egress(), old.address());
                            return put(content, draft, publicKey);
                        }));
    }

    /** Removes a user with all keys. */
    public User remove(String name) throws IOException {
        return must(
                change(
                        content -> {
                            User old = known(content, name);
                            content.users.remove(name);
                            Files.deleteIfExists(folder.resolve(name + ".key"));
                            return old;
                        }));
    }

    /**
     * Chooses where what a user sends leaves, or leaves it to routing (null); the user's keys and
     * address stay.
     */
    public User choose(String name, @Nullable String egress) throws IOException {
        return must(
                change(
                        content -> {
                            User user = known(content, name).leavingAt(egress);
                            content.users.put(name, user);
                            return user;
                        }));
    }

    /** A user who has no key yet. */
    private record Draft(
            String name, String ingress, @Nullable String egress, Ipv4Address address) {
        User with(PublicKey key) {
            return new User(name, ingress, egress, address, key);
        }
    }

    private User put(Content content, Draft draft, @Nullable PublicKey publicKey)
            throws IOException {
        PublicKey key = publicKey;
        if (key == null) {
            Secret made = Secret.privateKey(chance);
            KeyFile.write(folder.resolve(draft.name + ".key"), made);
            key = made.publicKey();
        }
        for (User other : content.users.values()) {
            if (other.publicKey().equals(key)) {
                throw new IllegalArgumentException(
                        "user \"" + other.name() + "\" has that public key already");
            }
        }
        User user = draft.with(key);
        content.users.put(user.name(), user);
        return user;
    }

    private static User known(Content content, String name) {
        User user = content.users.get(name);
        if (user == null) {
            throw new IllegalArgumentException("there is no user \"" + name + "\"");
        }
        return user;
    }

    private static User must(@Nullable User user) {
        if (user == null) {
            throw new IllegalStateException("a change of users without a user");
        }
        return user;
    }

    private static Ipv4Address free(Content content, Prefix block) {
        Set<Ipv4Address> taken = new TreeSet<>();
        content.users.values().forEach(user -> taken.add(user.address()));
        long size = 1L << (32 - block.length());
        for (long n = FIRST_USER; n < size - 1; n++) {
            Ipv4Address address = (Ipv4Address) block.address().plus(n);
            if (!taken.contains(address)) {
                return address;
            }
        }
        throw new IllegalArgumentException(block + " has no free address for another user");
    }

    private void makeFolder() throws IOException {
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private synchronized @Nullable User change(Change change) throws IOException {
        makeFolder();
        try (FileChannel lockFile =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            FileLock lock = lockFile.lock();
            try {
                Content content = read();
                User user = change.make(content);
                write(content);
                return user;
            } finally {
                lock.release();
            }
        }
    }

    private Content read() throws IOException {
        Path file = folder.resolve(USERS);
        Content content = new Content();
        if (!Files.exists(file)) {
            return content;
        }
        try {
            JsonNode json = JSON.readTree(Files.readString(file));
            for (Map.Entry<String, JsonNode> port : json.path("ports").properties()) {
                content.ports.put(port.getKey(), port.getValue().intValue());
            }
            for (Map.Entry<String, JsonNode> user : json.path("users").properties()) {
                content.users.put(
                        user.getKey(),
                        new User(
                                user.getKey(),
                                user.getValue().path("ingress").stringValue(),
                                user.getValue().path("egress").stringValue(null),
                                Ipv4Address.parse(user.getValue().path("address").stringValue()),
                                PublicKey.parse(user.getValue().path("public_key").stringValue())));
            }
            return content;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(file + " is not a book of users: " + e.getMessage(), e);
        }
    }

    /** Beside the old one first, so that nobody ever reads a half. */
    private void write(Content content) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        ObjectNode ports = json.putObject("ports");
        content.ports.forEach(ports::put);
        ObjectNode users = json.putObject("users");
        for (User user : content.users.values()) {
            ObjectNode row = users.putObject(user.name()).put("ingress", user.ingress());
            if (user.egress() != null) {
                row.put("egress", user.egress());
            }
            row.put("address", user.address().toString())
                    .put("public_key", user.publicKey().toString());
        }
        Path draft = folder.resolve(USERS + ".new");
        Files.writeString(draft, json.toPrettyString() + "\n");
        Files.move(
                draft,
                folder.resolve(USERS),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }
}
