package vini.vpn.elements.wireguard;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.lang.ConfigText;
import vini.net.IpAddress;
import vini.net.Prefix;
import vini.vpn.KeyFile;
import vini.vpn.wireguard.Peer;
import vini.vpn.wireguard.PublicKey;
import vini.vpn.wireguard.Secret;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Peers as the handlers of {@link WireGuard} say them. */
final class PeerLines {
    private static final long SECOND = 1_000_000_000L;
    private static final int NAME_MAX = 64;
    private static final int PREFIXES_MAX = 256;

    private PeerLines() {}

    /**
     * Reads {@code NAME PUBLICKEY ALLOWED[,ALLOWED...] [psk PATH] [keepalive SECONDS]}.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    static Peer.Settings parse(String line) {
        // Not Click's words: a key may have two slashes in it.
        List<String> words = List.of(line.strip().split("\\s+"));
        if (words.size() < 3 || words.size() % 2 == 0) {
            throw new IllegalArgumentException(
                    "it wants NAME PUBLICKEY ALLOWED[,ALLOWED...] [psk PATH] [keepalive SECONDS]");
        }
        Secret preshared = null;
        long keepalive = 0;
        for (int i = 3; i < words.size(); i += 2) {
            String value = words.get(i + 1);
            switch (words.get(i)) {
                case "psk" -> preshared = preshared(ConfigText.unquote(value));
                case "keepalive" ->
                        keepalive = ArgumentTypes.integer(0, 65535).apply(value) * SECOND;
                default ->
                        throw new IllegalArgumentException(
                                "'" + words.get(i) + "' is neither psk nor keepalive");
            }
        }
        PublicKey key = PublicKey.parse(words.get(1));
        return new Peer.Settings(
                name(words.get(0)), key, preshared, prefixes(words.get(2)), keepalive);
    }

    private static String name(String word) {
        if (word.length() > NAME_MAX || !word.matches("[A-Za-z0-9][A-Za-z0-9._@-]*")) {
            throw new IllegalArgumentException("'" + word + "' is no name");
        }
        return word;
    }

    private static Secret preshared(String path) {
        try {
            return KeyFile.read(Path.of(path));
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static List<Prefix> prefixes(String words) {
        Set<Prefix> prefixes = new LinkedHashSet<>();
        for (String word : words.split(",", -1)) {
            prefixes.add(
                    word.indexOf('/') < 0
                            ? Prefix.host(IpAddress.parse(word))
                            : Prefix.parse(word));
        }
        if (prefixes.size() > PREFIXES_MAX) {
            throw new IllegalArgumentException("more than " + PREFIXES_MAX + " prefixes");
        }
        return new ArrayList<>(prefixes);
    }

    /**
     * Name, public key, endpoint, allowed prefixes, seconds since the last handshake, bytes
     * received and sent; {@code -} where there is none. Tabs stand between them.
     */
    static String line(Peer peer, long now) {
        return String.join(
                        "\t",
                        peer.name(),
                        peer.settings().key().toString(),
                        orNone(peer.endpoint()),
                        peer.settings().allowed().stream()
                                .map(Prefix::toString)
                                .collect(Collectors.joining(",")),
                        peer.lastHandshake() == Peer.NEVER
                                ? "-"
                                : Long.toString((now - peer.lastHandshake()) / SECOND),
                        Long.toString(peer.bytesReceived()),
                        Long.toString(peer.bytesSent()))
                + "\n";
    }

    private static String orNone(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }
}
