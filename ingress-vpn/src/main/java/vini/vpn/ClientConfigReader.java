package vini.vpn;

import vini.forwarder.io.Endpoint;
import vini.net.IpAddress;
import vini.net.Prefix;
import vini.vpn.wireguard.PublicKey;
import vini.vpn.wireguard.Secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads the text of a {@link ClientConfig}, line by line. */
final class ClientConfigReader {
    private static final int TEXT_MAX = 1 << 16;

    private static final List<String> INTERFACE = List.of("privatekey", "address", "dns", "mtu");
    private static final List<String> PEER =
            List.of("publickey", "presharedkey", "allowedips", "endpoint", "persistentkeepalive");

    /** Values by {@code SECTION KEY}; those of lists are put together. */
    private final Map<String, String> values = new TreeMap<>();

    ClientConfigReader(String text) {
        if (text.length() > TEXT_MAX) {
            throw new IllegalArgumentException("a configuration is not so long");
        }
        String section = "";
        int number = 0;
        for (String whole : text.split("\n", -1)) {
            number++;
            int comment = whole.indexOf('#');
            String line = (comment < 0 ? whole : whole.substring(0, comment)).strip();
            if (line.startsWith("[")) {
                section = section(line, number);
            } else if (!line.isEmpty()) {
                entry(section, line, number);
            }
        }
    }

    private String section(String line, int number) {
        String section = line.toLowerCase(Locale.ROOT);
        if (!section.equals("[interface]") && !section.equals("[peer]")) {
            throw new IllegalArgumentException(
                    "line " + number + " is neither [Interface] nor [Peer]");
        }
        if (values.put(section, "") != null) {
            throw new IllegalArgumentException("line " + number + ": a second " + section);
        }
        return section;
    }

    private void entry(String section, String line, int number) {
        int equals = line.indexOf('=');
        String key = equals < 0 ? "" : line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        List<String> known =
                section.equals("[peer]")
                        ? PEER
                        : section.equals("[interface]") ? INTERFACE : List.of();
        if (!known.contains(key)) {
            throw new IllegalArgumentException(
                    "line " + number + " is none of " + String.join(", ", known));
        }
        String value = line.substring(equals + 1).strip();
        boolean list = List.of("address", "dns", "allowedips").contains(key);
        String before = values.get(key);
        if (before != null && !list) {
            throw new IllegalArgumentException("line " + number + ": a second " + key);
        }
        values.put(key, before == null ? value : before + "," + value);
    }

    ClientConfig read() {
        return new ClientConfig(
                required("privatekey", Secret::parse),
                list("address", ClientConfigReader::prefix),
                list("dns", IpAddress::parse),
                number("mtu"),
                required("publickey", PublicKey::parse),
                values.containsKey("presharedkey") ? required("presharedkey", Secret::parse) : null,
                list("allowedips", ClientConfigReader::prefix),
                required("endpoint", Endpoint::parse),
                number("persistentkeepalive"));
    }

    /** An address without a length is one host. */
    private static Prefix prefix(String text) {
        return text.indexOf('/') < 0 ? Prefix.host(IpAddress.parse(text)) : Prefix.parse(text);
    }

    private <T> T required(String key, Function<String, T> reader) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + key);
        }
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }

    private <T> List<T> list(String key, Function<String, T> reader) {
        List<T> read = new ArrayList<>();
        for (String part : values.getOrDefault(key, "").split(",", -1)) {
            if (!part.isBlank()) {
                read.add(reader.apply(part.strip()));
            }
        }
        return read;
    }

    private int number(String key) {
        String value = values.get(key);
        if (value == null || value.equalsIgnoreCase("off")) {
            return 0;
        }
        if (!value.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException(key + ": '" + value + "' is not a number");
        }
        return Integer.parseInt(value);
    }
}
