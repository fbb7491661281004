package vini.cli;

import tools.jackson.databind.JsonNode;

import vini.forwarder.control.ControlClient;
import vini.forwarder.io.Endpoint;
import vini.net.IpAddress;
import vini.net.Prefix;
import vini.overlay.json.Suggestion;
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

    /** The configuration of a user's client. */
    ClientConfig config(User user, Secret privateKey, VpnClientOptions options) {
        JsonNode ingress = ingress(user.ingress());
        return new ClientConfig(
                privateKey,
                List.of(Prefix.host(user.address())),
                options.dns(),
                ingress.path("mtu").asInt(),
                PublicKey.parse(ingress.path("public_key").asString()),
                null,
                options.all() ? List.of(EVERYWHERE) : inside(),
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
    Secret privateKey(User user) throws IOException {
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
