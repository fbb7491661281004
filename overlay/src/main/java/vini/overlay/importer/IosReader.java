package vini.overlay.importer;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;
import vini.overlay.topology.InterfaceAddress;

import java.util.List;
import java.util.Locale;

/** Reads configurations of Cisco IOS and of FRR, whose lines are alike. */
final class IosReader {
    /** Top-level words that say nothing about a topology. */
    private static final List<String> PLAIN =
            List.of(
                    "!",
                    "end",
                    "exit",
                    "version",
                    "hostname",
                    "frr",
                    "log",
                    "service",
                    "line",
                    "password",
                    "enable",
                    "no",
                    "boot-start-marker",
                    "boot-end-marker",
                    "exit-vrf",
                    "debug",
                    "agentx",
                    "Building",
                    "Current",
                    "banner",
                    "clock",
                    "logging",
                    "ntp",
                    "exit-address-family");

    private final Source source;
    private final RouterDraft router;
    private final Notes notes;
    private RouterDraft.@Nullable Port port;
    private boolean inOspf;

    private IosReader(Source source, RouterDraft router, Notes notes) {
        this.source = source;
        this.router = router;
        this.notes = notes;
    }

    /** What the configuration calls its router, or null. */
    static @Nullable String hostname(Source source) {
        return source.lines().stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length == 2 && words[0].equals("hostname"))
                .map(words -> words[1])
                .findFirst()
                .orElse(null);
    }

    static void read(Source source, RouterDraft router, Notes notes) {
        IosReader reader = new IosReader(source, router, notes);
        int number = 0;
        for (String line : source.lines()) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("!") && !text.startsWith("#")) {
                reader.line(text.split("\\s+"), !Character.isWhitespace(line.charAt(0)), number);
            }
        }
    }

    private void line(String[] words, boolean top, int line) {
        boolean opens =
                words[0].equals("interface") || words[0].equals("router") || words[0].equals("vrf");
        if (top || opens) {
            port = null;
            inOspf = false;
            if (words[0].equals("interface") && words.length > 1) {
                // IOS allows a blank in "interface Serial 0/1".
                String name =
                        words.length > 2 && words[2].matches("[0-9/.]+")
                                ? words[1] + words[2]
                                : words[1];
                port = router.port(name, source, line);
                if (port.bitsPerSecond == 0) {
                    port.bitsPerSecond = usualRate(name);
                }
            } else if (words[0].equals("router") && words.length > 1 && words[1].equals("ospf")) {
                inOspf = true;
            } else if (!PLAIN.contains(words[0])) {
                notes.add("parts of configurations without a place here", head(words));
            }
        } else if (port != null) {
            port(port, words, line);
        } else if (inOspf) {
            ospf(words, line);
        }
    }

    private static String head(String[] words) {
        boolean two = words.length > 1 && List.of("router", "ip", "ipv6").contains(words[0]);
        return two ? words[0] + " " + words[1] : words[0];
    }

    /** By the type in the name, which IOS's costs are made of; 0: it says nothing. */
    private static long usualRate(String name) {
        String type = name.toLowerCase(Locale.ROOT);
        if (type.startsWith("tengig")) {
            return 10_000_000_000L;
        }
        if (type.startsWith("gigabit")) {
            return 1_000_000_000L;
        }
        if (type.startsWith("fastethernet")) {
            return 100_000_000L;
        }
        if (type.startsWith("ethernet")) {
            return 10_000_000L;
        }
        return type.startsWith("serial") ? 1_544_000L : 0;
    }

    private void port(RouterDraft.Port at, String[] words, int line) {
        String all = String.join(" ", words);
        if (all.equals("shutdown")) {
            at.down = true;
        } else if (words[0].equals("bandwidth") && words.length > 1) {
            // In kbit/s with IOS, in Mbit/s with FRR, whose interfaces have no type in the name.
            long unit = usualRate(at.name) > 0 ? 1000 : 1_000_000;
            at.bitsPerSecond = unit * number(words[1], 1, 100_000_000, line);
        } else if (all.startsWith("ip address ") && !words[2].equals("dhcp")) {
            address(at, words, line);
        } else if (all.startsWith("ipv6 address ")) {
            notes.add("IPv6 addresses, left out", router.name);
        } else if (all.startsWith("ip mtu ")) {
            at.mtu = number(words[2], 68, 65_535, line);
        } else if (all.startsWith("ip ospf ") && words.length > 2) {
            portOspf(at, words, line);
        }
    }

    private void address(RouterDraft.Port at, String[] words, int line) {
        try {
            if (words[2].contains("/")) {
                at.addresses.add(InterfaceAddress.parse(words[2]));
            } else if (words.length > 3) {
                int mask = Ipv4Address.parse(words[3]).bits();
                int length = Integer.bitCount(mask);
                if (length < 32 && mask != Ipv4Address.mask(length)) {
                    throw new IllegalArgumentException(words[3] + " is no mask");
                }
                at.addresses.add(new InterfaceAddress(Ipv4Address.parse(words[2]), length));
            } else {
                throw new IllegalArgumentException("no mask or length after " + words[2]);
            }
        } catch (IllegalArgumentException e) {
            source.wrong(line, "ip address: " + e.getMessage());
        }
    }

    private void portOspf(RouterDraft.Port at, String[] words, int line) {
        switch (words[2]) {
            case "cost" -> at.cost = number(last(words), 1, 65_535, line);
            case "hello-interval" -> at.helloSeconds = number(last(words), 1, 65_535, line);
            case "dead-interval" -> {
                if (words.length > 3 && words[3].equals("minimal")) {
                    notes.add(
                            "dead intervals of one second, left out", router.name + " " + at.name);
                } else {
                    at.deadSeconds = number(last(words), 1, 65_535, line);
                }
            }
            case "passive" -> at.passive = true;
            case "area" -> at.ospf = true;
            case "network" -> {}
            default -> {
                // IOS: ip ospf 1 area 0
                if (words.length > 4 && words[3].equals("area")) {
                    at.ospf = true;
                } else {
                    notes.add(
                            "parts of configurations without a place here", "ip ospf " + words[2]);
                }
            }
        }
    }

    private void ospf(String[] words, int line) {
        switch (words[0]) {
            case "network" -> network(words, line);
            case "passive-interface" -> {
                if (words.length > 1 && words[1].equals("default")) {
                    router.passiveByDefault = true;
                } else if (words.length > 1) {
                    router.passive.add(words[1]);
                }
            }
            case "no" -> {
                if (words.length > 2 && words[1].equals("passive-interface")) {
                    router.active.add(words[2]);
                }
            }
            case "auto-cost" ->
                    router.referenceBitsPerSecond =
                            1_000_000L * number(last(words), 1, 4_294_967, line);
            case "ospf", "router-id", "log-adjacency-changes", "exit" -> {}
            default ->
                    notes.add("parts of configurations without a place here", "ospf " + words[0]);
        }
    }

    /** With a length, or with a wildcard: 0.0.0.255 means 24. */
    private void network(String[] words, int line) {
        try {
            if (words.length > 1 && words[1].contains("/")) {
                router.networks.add(InterfaceAddress.parse(words[1]));
            } else if (words.length > 2) {
                int wildcard = Ipv4Address.parse(words[2]).bits();
                int length = Integer.numberOfLeadingZeros(wildcard);
                router.networks.add(new InterfaceAddress(Ipv4Address.parse(words[1]), length));
            } else {
                throw new IllegalArgumentException("a network has a length or a wildcard");
            }
        } catch (IllegalArgumentException e) {
            source.wrong(line, "network: " + e.getMessage());
        }
    }

    private static String last(String[] words) {
        return words[words.length - 1];
    }

    private int number(String word, int least, int most, int line) {
        if (word.matches("[0-9]{1,9}")) {
            int value = Integer.parseInt(word);
            if (value >= least && value <= most) {
                return value;
            }
        }
        source.wrong(line, Draft.quoted(word) + " is no number from " + least + " to " + most);
        return 0;
    }
}
