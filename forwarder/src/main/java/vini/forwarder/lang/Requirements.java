package vini.forwarder.lang;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What {@code require} asks for: packages that are built in, libraries that are read once. */
final class Requirements {
    private static final int LIBRARIES_MAX = 100;

    /** Click's optional packages whose elements are part of this forwarder, and its drivers. */
    private static final List<String> PACKAGES =
            List.of(
                    "analysis",
                    "app",
                    "aqm",
                    "compact_config",
                    "ethernet",
                    "etherswitch",
                    "icmp",
                    "int64",
                    "ip",
                    "ip6",
                    "standard",
                    "tcpudp",
                    "threads",
                    "userlevel");

    private final Libraries libraries;
    private final Set<String> packages = new LinkedHashSet<>();
    private final Set<String> included = new LinkedHashSet<>();

    Requirements(Libraries libraries) {
        this.libraries = libraries;
    }

    /** The packages that were asked for and are here. */
    List<String> packages() {
        return List.copyOf(packages);
    }

    /** Meets the requirements of one statement, or says why not. */
    void require(String configuration, Place place, Parser parser) {
        for (String argument : ConfigText.arguments(configuration)) {
            List<String> words =
                    ConfigText.words(argument).stream().map(ConfigText::unquote).toList();
            try {
                if (words.size() == 2 && words.getFirst().equals("library")) {
                    library(words.getLast(), place, parser);
                } else if (words.size() == 1
                        || words.size() == 2 && words.getFirst().equals("package")) {
                    use(words.getLast(), place);
                } else {
                    throw new Refusal(
                            place,
                            "bad requirement '"
                                    + argument
                                    + "'; expected 'package NAME' or 'library FILE'");
                }
            } catch (Refusal e) {
                parser.problems().add(e);
            }
        }
    }

    private void use(String name, Place place) throws Refusal {
        if (!PACKAGES.contains(name)) {
            String near = Spelling.nearest(name, PACKAGES);
            throw new Refusal(
                    place,
                    "requirement '"
                            + name
                            + "' not available"
                            + (near == null ? "" : "; did you mean '" + near + "'?"));
        }
        packages.add(name);
    }

    private void library(String name, Place place, Parser parser) throws Refusal {
        if (!parser.scope().isFile() || parser.door() != null) {
            throw new Refusal(place, "'require(library)' can only be used at file scope");
        }
        if (!included.add(name)) {
            return;
        }
        String text = included.size() > LIBRARIES_MAX ? null : libraries.text(name);
        if (text == null) {
            throw new Refusal(
                    place,
                    included.size() > LIBRARIES_MAX
                            ? "more than " + LIBRARIES_MAX + " libraries"
                            : "library '" + name + "' not found");
        }
        parser.include(name, text);
    }
}
