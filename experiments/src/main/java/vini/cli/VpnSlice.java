package vini.cli;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.forwarder.control.ControlClient;
import vini.forwarder.io.Endpoint;
import vini.net.IpAddress;
import vini.net.Prefix;
import vini.overlay.json.Suggestion;
import vini.overlay.topology.DoorPlan;
import vini.vpn.ClientConfig;
import vini.vpn.KeyFile;
import vini.vpn.user.User;
import vini.vpn.user.UserBook;
import vini.vpn.wireguard.PublicKey;
import vini.vpn.wireguard.Secret;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The users of a slice that runs, and its ingresses. */
final class VpnSlice {
    private static final Prefix EVERYWHERE = Prefix.parse("0.0.0.0/0");
    private static final Prefix EVERYWHERE6 = Prefix.parse("::/0");

    /** A device of less has no IPv6 (RFC 8200 5). */
    private static final int IPV6_MTU = 1280;

    private final Slices slices;
    private final String slice;
    private final JsonNode state;
    private final UserBook book;

    private VpnSlice(Slices slices, String slice, JsonNode state) {
        this.slices = slices;
        this.slice = slice;
        this.state = state;
        this.book = new UserBook(Path.of(state.path("book").asString()), new SecureRandom());
    }

    static VpnSlice of(Slices slices, String slice) throws IOException {
        return new VpnSlice(slices, slice, slices.readJson(slice, "keeper", "users"));
    }

    UserBook book() {
        return book;
    }

    JsonNode state() {
        return state;
    }

    private Map<String, JsonNode> ingresses() {
        Map<String, JsonNode> all = new TreeMap<>();
        state.path("ingresses").forEach(row -> all.put(row.path("node").asString(), row));
        return all;
    }

    /** The ingress of that name; without a name, the only one that there is. */
    JsonNode ingress(String name) {
        Map<String, JsonNode> all = ingresses();
        if (all.isEmpty()) {
            throw CommandException.wrongInput(
                    slice
                            + " has no ingress; write \"ingress\": true at a node of its topology,"
                            + " as in {\"nodes\": {\"wash\": {\"ingress\": true}}}");
        }
        if (name.isEmpty() && all.size() == 1) {
            return all.values().iterator().next();
        }
        JsonNode found = all.get(name);
        if (found == null) {
            throw CommandException.wrongInput(
                    (name.isEmpty()
                                    ? slice + " has several ingresses; choose one with --ingress"
                                    : "\"" + name + "\" is no ingress of " + slice)
                            + (name.isEmpty() || Suggestion.didYouMean(name, all.keySet()).isEmpty()
                                    ? ": " + String.join(", ", all.keySet())
                                    : Suggestion.didYouMean(name, all.keySet())));
        }
        return found;
    }

    /** The egress of that name; wrong input if the node is none. */
    String egress(String name) throws IOException {
        slices.check(new NodeName(slice, name));
        List<String> all = new ArrayList<>();
        state.path("egresses").forEach(egress -> all.add(egress.asString()));
        if (!all.contains(name)) {
            throw CommandException.wrongInput(
                    "\""
                            + name
                            + "\" is no egress of "
                            + slice
                            + "; "
                            + (all.isEmpty()
                                    ? "it has none: write \"egress\": true at a node of its"
                                            + " topology"
                                    : "there is " + String.join(", ", all)));
        }
        return name;
    }

    /** What the slice knows of a user, as a row of a table. */
    ObjectNode row(User user) {
        for (ObjectNode row : rows()) {
            if (row.path("user").asString().equals(user.name())) {
                return row;
            }
        }
        throw CommandException.wrongInput(
                "the ingress of " + user.name() + " is no more: " + user.ingress());
    }

    /** The same of all users. */
    List<ObjectNode> rows() {
        List<ObjectNode> rows = new ArrayList<>();
        for (JsonNode ingress : state.path("ingresses")) {
            for (JsonNode user : ingress.path("users")) {
                ObjectNode row = JsonNodeFactory.instance.objectNode();
                row.put("user", user.path("name").asString());
                row.put("ingress", ingress.path("node").asString());
                row.put("enters_at", ingress.path("active").asString());
                row.set("egress", user.path("egress"));
                row.put("address", user.path("address").asString());
                row.put("endpoint", user.path("endpoint").asString("-"));
                row.set("handshake_s", user.path("handshake_s"));
                row.put("received_bytes", user.path("received_bytes").asLong(0));
                row.put("sent_bytes", user.path("sent_bytes").asLong(0));
                rows.add(row);
            }
        }
        return rows;
    }

    /** The user of that name. */
    User user(String name) throws IOException {
        User user = book.user(name);
        if (user == null) {
            List<String> names = book.users().stream().map(User::name).toList();
            throw CommandException.wrongInput(
                    slice + " has no user \"" + name + "\"" + Suggestion.didYouMean(name, names));
        }
        return user;
    }

    /** Makes what is in the book hold in the slice. */
    void apply() throws IOException {
        try (ControlClient keeper = slices.keeper(slice)) {
            keeper.write("users", "");
        }
    }

    /**
     * Prints the configuration of a user's client, in which nothing but a comment is for people.
     */
    void print(User user, VpnClientOptions options, Terminal terminal) throws IOException {
        if (user.egress() != null) {
            terminal.out()
                    .println("# " + user.name() + " leaves " + slice + " at " + user.egress());
        }
        options.print(config(user, privateKey(user), options), terminal);
    }

    private ClientConfig config(User user, Secret privateKey, VpnClientOptions options) {
        JsonNode ingress = ingress(user.ingress());
        Prefix own = Prefix.host(user.address());
        boolean ipv6 = options.takesIpv6() && ingress.path("mtu").asInt() >= IPV6_MTU;
        return new ClientConfig(
                privateKey,
                ipv6 ? List.of(own, Prefix.host(DoorPlan.ipv6(user.address()))) : List.of(own),
                options.dns(),
                ingress.path("mtu").asInt(),
                PublicKey.parse(ingress.path("public_key").asString()),
                null,
                !options.all()
                        ? inside()
                        : ipv6 ? List.of(EVERYWHERE, EVERYWHERE6) : List.of(EVERYWHERE),
                endpoint(ingress.path("endpoint").asString()),
                VpnClientOptions.KEEPALIVE_S);
    }

    private static Endpoint endpoint(String text) {
        int colon = text.lastIndexOf(':');
        String address = text.substring(0, colon).replaceAll("[\\[\\]]", "");
        return Endpoint.of(IpAddress.parse(address), Integer.parseInt(text.substring(colon + 1)));
    }

    private List<Prefix> inside() {
        List<Prefix> blocks = new ArrayList<>();
        state.path("inside").forEach(block -> blocks.add(Prefix.parse(block.asString())));
        return blocks;
    }

    /** The private key of a user; wrong input if it was made elsewhere. */
    private Secret privateKey(User user) throws IOException {
        Path file = book.userKey(user.name());
        if (file == null) {
            throw CommandException.wrongInput(
                    "the private key of "
                            + user.name()
                            + " was not made here, so only its owner has it");
        }
        return KeyFile.read(file);
    }
}
