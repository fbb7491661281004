package vini.forwarder;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** All element classes on the class path, by Click's names. */
public final class ElementClasses {
    private static final SortedMap<String, ServiceLoader.Provider<Element>> BY_NAME =
            new TreeMap<>();

    static {
        ServiceLoader.load(Element.class).stream().forEach(ElementClasses::add);
    }

    private static void add(ServiceLoader.Provider<Element> provider) {
        ServiceLoader.Provider<Element> other =
                BY_NAME.putIfAbsent(about(provider.type()).name(), provider);
        if (other != null) {
            throw new IllegalStateException(
                    provider.type() + " and " + other.type() + " have one name");
        }
    }

    private ElementClasses() {}

    /** The annotation of an element class. */
    public static ElementClass about(Class<? extends Element> type) {
        ElementClass about = type.getAnnotation(ElementClass.class);
        if (about == null) {
            throw new IllegalStateException(type + " has no @ElementClass");
        }
        return about;
    }

    /** The names, in alphabetical order. */
    public static Iterable<String> names() {
        return BY_NAME.keySet();
    }

    /** A new element of that class. */
    static Element make(String name) throws ConfigException {
        ServiceLoader.Provider<Element> provider = BY_NAME.get(name);
        if (provider == null) {
            throw new ConfigException(
                    "unknown element class '"
                            + name
                            + "'"
                            + similar(name).map(n -> "; did you mean '" + n + "'?").orElse(""));
        }
        return provider.get();
    }

    private static Optional<String> similar(String name) {
        return BY_NAME.keySet().stream()
                .map(known -> Map.entry(known, distance(known, name)))
                .filter(entry -> entry.getValue() <= Math.max(1, name.length() / 3))
                .min(Comparator.comparing(Map.Entry::getValue))
                .map(Map.Entry::getKey);
    }

    /** Levenshtein's distance, upper and lower case being the same letter. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int same =
                        Character.toLowerCase(a.charAt(i - 1))
                                        == Character.toLowerCase(b.charAt(j - 1))
                                ? 0
                                : 1;
                int value = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + same);
                diagonal = row[j];
                row[j] = value;
            }
        }
        return row[b.length()];
    }
}
