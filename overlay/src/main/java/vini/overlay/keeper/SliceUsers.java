package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import vini.forwarder.io.Endpoint;
import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.overlay.graph.IngressDoor;
import vini.overlay.host.StockClient;
import vini.overlay.topology.Node;
import vini.overlay.world.Holdings;
import vini.vpn.ClientConfig;
import vini.vpn.KeyFile;
import vini.vpn.user.User;
import vini.vpn.wireguard.PublicKey;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The users of a live slice: takes them from the book to the forwarder, starts the clients of those
 * that were made for the slice, and remembers where each was heard, so that a forwarder that is
 * started again, or a node that takes users over, can speak first. Lives on the keeper's worker.
 */
final class SliceUsers {
    private static final Logger LOG = LoggerFactory.getLogger(SliceUsers.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long LISTEN_NANOS = 2_000_000_000L;

    /** A user as the ingress knows it. */
    private record Heard(String endpoint, String handshake, String received, String sent) {}

    private final Keeper keeper;
    private final SliceDoors doors;
    private final DoorBook doorBook;
    private final SliceOutside outside;
    private final Holdings clients = new Holdings();
    private final Map<String, Ipv4Address> addresses = new LinkedHashMap<>();

    SliceUsers(Keeper keeper, SliceDoors doors, DoorBook doorBook, SliceOutside outside) {
        this.keeper = keeper;
        this.doors = doors;
        this.doorBook = doorBook;
        this.outside = outside;
    }

    /** Adds the users that were made for the slice, starts their clients, and reads the book. */
    void start() throws IOException {
        int number = 0;
        for (SliceOutside.Place place : outside.places()) {
            if (place.host().vpn()) {
                startClient(place, number++);
            }
        }
        reload();
        if (homes().findAny().isPresent()) {
            keeper.worker().schedule(LISTEN_NANOS, this::listenAgain);
        }
        if (doors.leadElsewhere()) {
            keeper.worker().schedule(OtherSlice.RENEW_NANOS, this::renewAgain);
        }
    }

    /**
     * The addresses by which outside hosts are reached, by name: those of users are the ones inside
     * of the slice.
     */
    Map<String, Ipv4Address> addresses() {
        Map<String, Ipv4Address> all = new LinkedHashMap<>();
        for (SliceOutside.Place place : outside.places()) {
            String name = place.host().name();
            all.put(name, addresses.getOrDefault(name, place.address()));
        }
        return all;
    }

    private Stream<Node> homes() {
        return keeper.topology().nodes().stream().filter(n -> doors.plan().users(n) != null);
    }

    private Node home(String name) {
        Node node = keeper.topology().node(name);
        if (node == null || doors.plan().users(node) == null) {
            throw new IllegalArgumentException(name + " is no ingress with users of its own");
        }
        return node;
    }

    private Prefix block(Node home) {
        Prefix block = doors.plan().users(home);
        if (block == null) {
            throw new IllegalArgumentException(home.name() + " has no users of its own");
        }
        return block;
    }

    private void startClient(SliceOutside.Place place, int number) throws IOException {
        Node home = home(place.host().behind());
        String name = place.host().name();
        User user = doors.book().add(name, home.name(), block(home), null);
        addresses.put(name, user.address());
        StockClient client =
                StockClient.start(
                        place.namespace(),
                        "vini" + ProcessHandle.current().pid() + "c" + number,
                        config(user),
                        keeper.folder().resolve(name));
        clients.add(client::close);
    }

    /** What the client of a user whose keys were made here is told. */
    private ClientConfig config(User user) throws IOException {
        Node home = home(user.ingress());
        Path key = doors.book().userKey(user.name());
        if (key == null) {
            throw new IllegalStateException("no key was made for " + user.name());
        }
        return new ClientConfig(
                KeyFile.read(key),
                List.of(Prefix.host(user.address())),
                List.of(),
                doors.userMtu(),
                publicKey(home),
                null,
                List.of(Prefix.parse("0.0.0.0/0")),
                Endpoint.of(doors.endpoint(home), doors.port(home)),
                0);
    }

    private PublicKey publicKey(Node home) throws IOException {
        return KeyFile.read(doors.book().ingressKey(home.name())).publicKey();
    }

    /** Makes the forwarder's users those of the book. */
    void reload() throws IOException {
        keeper.tellForwarder(doorBook.become(doors.book().users()));
    }

    private void renewAgain() {
        doors.renew();
        keeper.worker().schedule(OtherSlice.RENEW_NANOS, this::renewAgain);
    }

    private void listenAgain() {
        listen();
        keeper.worker().schedule(LISTEN_NANOS, this::listenAgain);
    }

    /** Takes note of where the users are. */
    void listen() {
        homes().forEach(
                        home ->
                                heard(home)
                                        .forEach((name, at) -> doorBook.heard(name, at.endpoint)));
    }

    /** The users of an ingress that have an endpoint; none if the forwarder is away. */
    private Map<String, Heard> heard(Node home) {
        Map<String, Heard> heard = new LinkedHashMap<>();
        @Nullable Node active = doorBook.active(home);
        if (active == null) {
            return heard;
        }
        try {
            String peers =
                    keeper.readForwarder(active.name() + "/" + IngressDoor.ELEMENT + ".peers");
            for (String line : peers.lines().toList()) {
                String[] word = line.split("\t", -1);
                if (word.length >= 7 && !word[2].equals("-")) {
                    heard.put(word[0], new Heard(word[2], word[4], word[5], word[6]));
                }
            }
        } catch (IOException e) {
            LOG.debug("the users of {} are not known for now: {}", home.name(), e.getMessage());
        }
        return heard;
    }

    /** Ingresses and their users as JSON, for who asks by the keeper's socket. */
    ObjectNode json() throws IOException {
        ObjectNode all = JSON.createObjectNode();
        all.put("book", doors.book().folder().toString());
        ArrayNode inside = all.putArray("inside");
        doors.plan().inside().forEach(block -> inside.add(block.toString()));
        ArrayNode egresses = all.putArray("egresses");
        keeper.topology().nodes().stream()
                .filter(node -> node.egress() != null)
                .forEach(node -> egresses.add(node.name()));
        ArrayNode ingresses = all.putArray("ingresses");
        for (Node home : homes().toList()) {
            Node active = doorBook.active(home);
            ObjectNode row = ingresses.addObject();
            row.put("node", home.name());
            row.put("active", active == null ? "" : active.name());
            row.put("endpoint", Endpoint.of(doors.endpoint(home), doors.port(home)).toString());
            row.put("public_key", publicKey(home).toString());
            row.put("users_block", block(home).toString());
            row.put("mtu", doors.userMtu());
            Map<String, Heard> heard = heard(home);
            ArrayNode users = row.putArray("users");
            for (User user : doors.book().users()) {
                if (user.ingress().equals(home.name())) {
                    add(users.addObject(), user, heard.get(user.name()));
                }
            }
        }
        return all;
    }

    private static void add(ObjectNode row, User user, @Nullable Heard heard) {
        row.put("name", user.name());
        row.put("egress", user.egress());
        row.put("address", user.address().toString());
        row.put("public_key", user.publicKey().toString());
        if (heard != null) {
            row.put("endpoint", heard.endpoint);
            if (!heard.handshake.equals("-")) {
                row.put("handshake_s", Double.parseDouble(heard.handshake));
            }
            row.put("received_bytes", Long.parseLong(heard.received));
            row.put("sent_bytes", Long.parseLong(heard.sent));
        }
    }

    void close() throws IOException {
        clients.close();
    }
}
