package vini.overlay.importer;

import org.jspecify.annotations.Nullable;

import vini.net.Quantity;
import vini.overlay.topology.InterfaceAddress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads configurations of Junos, in braces or as {@code set} lines: both say paths of words, as
 * {@code interfaces ge-0/0/0 unit 0 family inet address 10.0.0.1/30}.
 */
final class JunosReader {
    private static final int DEPTH_MAX = 64;
    private static final String SPACE = " ";

    private final Source source;
    private final RouterDraft router;
    private final Notes notes;

    private JunosReader(Source source, RouterDraft router, Notes notes) {
        this.source = source;
        this.router = router;
        this.notes = notes;
    }

    private record Statement(List<String> words, int line) {}

    static @Nullable String hostname(Source source) {
        for (Statement statement : statements(source)) {
            List<String> words = statement.words();
            if (words.size() == 3
                    && words.get(0).equals("system")
                    && words.get(1).equals("host-name")) {
                return words.get(2);
            }
        }
        return null;
    }

    static void read(Source source, RouterDraft router, Notes notes) {
        JunosReader reader = new JunosReader(source, router, notes);
        for (Statement statement : statements(source)) {
            reader.statement(statement.words(), statement.line());
        }
    }

    private static List<Statement> statements(Source source) {
        boolean set = source.lines().stream().anyMatch(line -> line.startsWith("set "));
        return set ? setLines(source) : braces(source);
    }

    private static List<Statement> setLines(Source source) {
        List<Statement> all = new ArrayList<>();
        int number = 0;
        for (String line : source.lines()) {
            number++;
            if (line.startsWith("set ")) {
                List<String> words = List.of(line.strip().split("\\s+"));
                all.add(new Statement(words.subList(1, words.size()), number));
            }
        }
        return all;
    }

    private static List<Statement> braces(Source source) {
        List<Statement> all = new ArrayList<>();
        List<List<String>> above = new ArrayList<>();
        List<String> words = new ArrayList<>();
        int number = 0;
        boolean comment = false;
        for (String line : source.lines()) {
            number++;
            String text = line;
            if (comment && text.contains("*/")) {
                text = text.substring(text.indexOf("*/") + 2);
                comment = false;
            }
            text = text.replaceAll("/\\*.*?\\*/", SPACE);
            if (comment || text.strip().startsWith("#")) {
                continue;
            }
            if (text.contains("/*")) {
                text = text.substring(0, text.indexOf("/*"));
                comment = true;
            }
            for (String word :
                    text.replace("{", " { ")
                            .replace("}", " } ")
                            .replace(";", " ; ")
                            .split("\\s+", -1)) {
                switch (word) {
                    case "" -> {}
                    case "{" -> {
                        if (above.size() == DEPTH_MAX) {
                            throw source.fatal(
                                    number, "braces are nested deeper than " + DEPTH_MAX);
                        }
                        above.add(words);
                        words = new ArrayList<>();
                    }
                    case "}" -> {
                        if (above.isEmpty()) {
                            throw source.fatal(number, "a } without its {");
                        }
                        above.removeLast();
                        words = new ArrayList<>();
                    }
                    case ";" -> {
                        List<String> path = new ArrayList<>();
                        above.forEach(path::addAll);
                        path.addAll(words);
                        all.add(new Statement(path, number));
                        words = new ArrayList<>();
                    }
                    default -> words.add(word);
                }
            }
        }
        if (!above.isEmpty()) {
            throw source.fatal(Math.max(1, number), "a { without its }; the file is cut off");
        }
        return all;
    }

    private void statement(List<String> words, int line) {
        String path = String.join(SPACE, words);
        if (words.size() > 2 && words.get(0).equals("interfaces")) {
            port(words, line);
        } else if (path.startsWith("protocols ospf ")) {
            ospf(words.subList(2, words.size()), line);
        } else if (!words.isEmpty()
                && !List.of("system", "version", "interfaces").contains(words.get(0))) {
            boolean two = words.size() > 1 && words.get(0).equals("protocols");
            notes.add(
                    "parts of configurations without a place here",
                    two ? words.get(0) + SPACE + words.get(1) : words.get(0));
        }
    }

    private void port(List<String> words, int line) {
        if (words.get(2).equals("disable")) {
            router.port(words.get(1) + ".0", source, line).down = true;
        }
        if (words.size() < 5 || !words.get(2).equals("unit")) {
            return;
        }
        RouterDraft.Port port = router.port(words.get(1) + "." + words.get(3), source, line);
        List<String> rest = words.subList(4, words.size());
        String path = String.join(SPACE, rest);
        if (path.startsWith("family inet address ")) {
            try {
                port.addresses.add(InterfaceAddress.parse(rest.get(3)));
            } catch (IllegalArgumentException e) {
                source.wrong(line, "address: " + e.getMessage());
            }
        } else if (path.startsWith("family inet mtu ")) {
            port.mtu = number(rest.get(3), 65_535, line);
        } else if (path.startsWith("family inet6 address")) {
            notes.add("IPv6 addresses, left out", router.name);
        } else if (rest.get(0).equals("disable")) {
            port.down = true;
        } else if (rest.get(0).equals("bandwidth") && rest.size() > 1) {
            port.bitsPerSecond = rate(rest.get(1), line);
        }
    }

    /** {@code area 0.0.0.0 interface ge-0/0/0.0 metric 10}. */
    private void ospf(List<String> words, int line) {
        if (words.get(0).equals("reference-bandwidth") && words.size() > 1) {
            router.referenceBitsPerSecond = Math.max(1, rate(words.get(1), line));
            return;
        }
        if (words.size() < 4 || !words.get(0).equals("area") || !words.get(2).equals("interface")) {
            notes.add("parts of configurations without a place here", "ospf " + words.get(0));
            return;
        }
        String named = words.get(3);
        if (named.equals("all")) {
            router.networks.add(InterfaceAddress.parse("0.0.0.0/0"));
            return;
        }
        RouterDraft.Port port =
                router.port(named.contains(".") ? named : named + ".0", source, line);
        port.ospf = true;
        String key = words.size() > 4 ? words.get(4) : "";
        String value = words.size() > 5 ? words.get(5) : "";
        switch (key) {
            case "metric" -> port.cost = number(value, 65_535, line);
            case "hello-interval" -> port.helloSeconds = number(value, 255, line);
            case "dead-interval" -> port.deadSeconds = number(value, 65_535, line);
            case "passive" -> port.passive = true;
            case "disable" -> port.ospf = false;
            case "", "interface-type" -> {}
            default -> notes.add("parts of configurations without a place here", "ospf " + key);
        }
    }

    /** {@code 10m}: bits per second with k, m or g. */
    private long rate(String text, int line) {
        String plain = text.toLowerCase(Locale.ROOT);
        String unit =
                plain.endsWith("g")
                        ? "Gbps"
                        : plain.endsWith("m") ? "Mbps" : plain.endsWith("k") ? "kbps" : "bps";
        try {
            return Quantity.bitsPerSecond(plain.replaceAll("[kmg]$", "") + unit);
        } catch (IllegalArgumentException e) {
            source.wrong(line, e.getMessage() + "; Junos writes 10m");
            return 0;
        }
    }

    private int number(String word, int most, int line) {
        if (word.matches("[0-9]{1,9}") && Integer.parseInt(word) <= most && !word.matches("0+")) {
            return Integer.parseInt(word);
        }
        source.wrong(line, Draft.quoted(word) + " is no number from 1 to " + most);
        return 0;
    }
}
