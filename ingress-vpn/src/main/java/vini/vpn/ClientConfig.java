package vini.vpn;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.Endpoint;
import vini.net.IpAddress;
import vini.net.Prefix;
import vini.vpn.wireguard.PublicKey;
import vini.vpn.wireguard.Secret;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a stock WireGuard client is configured with: the {@code .conf} text that wg-quick(8) and the
 * apps for laptops and phones read. It holds the client's private key.
 *
 * @param privateKey the client's
 * @param addresses the client's own addresses in the tunnel
 * @param dns the resolvers to be used; may be empty
 * @param mtu of the tunnel in bytes; 0: the client's own choice
 * @param server the server's public key
 * @param preshared of both; null if there is none
 * @param allowed which destinations go through the tunnel
 * @param endpoint where the server is
 * @param keepaliveSeconds something is said each so many seconds, for translators on the way; 0:
 *     not
 */
public record ClientConfig(
        Secret privateKey,
        List<Prefix> addresses,
        List<IpAddress> dns,
        int mtu,
        PublicKey server,
        @Nullable Secret preshared,
        List<Prefix> allowed,
        Endpoint endpoint,
        int keepaliveSeconds) {
    public ClientConfig {
        addresses = List.copyOf(addresses);
        dns = List.copyOf(dns);
        allowed = List.copyOf(allowed);
    }

    /** The text of the file. */
    public String text() {
        StringBuilder text = new StringBuilder("[Interface]\n");
        line(text, "PrivateKey", privateKey.base64());
        line(text, "Address", joined(addresses));
        if (!dns.isEmpty()) {
            line(text, "DNS", joined(dns));
        }
        if (mtu > 0) {
            line(text, "MTU", mtu);
        }
        text.append("\n[Peer]\n");
        line(text, "PublicKey", server);
        if (preshared != null) {
            line(text, "PresharedKey", preshared.base64());
        }
        line(text, "AllowedIPs", joined(allowed));
        line(text, "Endpoint", endpoint);
        if (keepaliveSeconds > 0) {
            line(text, "PersistentKeepalive", keepaliveSeconds);
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String key, Object value) {
        text.append(key).append(" = ").append(value).append('\n');
    }

    private static String joined(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /**
     * Reads such a text; keys may stand in any order and in any case, comments begin with #.
     *
     * @throws IllegalArgumentException with a sentence for the user, in which no key is shown
     */
    public static ClientConfig parse(String text) {
        return new ClientConfigReader(text).read();
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "configuration of " + joined(addresses) + " at " + endpoint;
    }
}
