package vini.overlay.json;

import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The variants that are on the class path, by key in alphabetical order. */
final class Variants {
    private Variants() {}

    static Map<String, StructKind<?>> of(Class<? extends Variant<?>> service) {
        Map<String, StructKind<?>> kinds = new TreeMap<>();
        for (Variant<?> variant : ServiceLoader.load(service, service.getClassLoader())) {
            if (kinds.put(variant.key(), Kinds.struct(variant.form())) != null) {
                throw new IllegalStateException("two variants are called " + variant.key());
            }
        }
        return Collections.unmodifiableMap(kinds);
    }
}
