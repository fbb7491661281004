package vini.forwarder;

import vini.forwarder.lang.Spelling;

import java.util.Collections;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
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
    public static Set<String> names() {
        return Collections.unmodifiableSet(BY_NAME.keySet());
    }

    /** The class behind a name. */
    static Optional<Class<? extends Element>> type(String name) {
        return Optional.ofNullable(BY_NAME.get(name)).map(ServiceLoader.Provider::type);
    }

    /** A new element of that class. */
    static Element make(String name) throws ConfigException {
        ServiceLoader.Provider<Element> provider = BY_NAME.get(name);
        if (provider == null) {
            String near = Spelling.nearest(name, BY_NAME.keySet());
            throw new ConfigException(
                    "unknown element class '"
                            + name
                            + "'"
                            + (near == null ? "" : "; did you mean '" + near + "'?"));
        }
        return provider.get();
    }
}
