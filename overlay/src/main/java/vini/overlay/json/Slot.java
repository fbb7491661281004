package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One component of a record: its key or keys, whether it may be absent, and how it is read. */
sealed interface Slot {
    /** What became of a component. */
    record Answer(@Nullable Object value, boolean good) {
        static Answer of(@Nullable Object value) {
            return new Answer(value, value != null);
        }
    }

    List<String> keys();

    /**
     * Reads the component from an object; mistakes are reported.
     *
     * @param unknown a key of the object was reported as unknown; it may be the missing one
     */
    Answer read(Place object, String called, boolean unknown);

    void write(Object record, ObjectNode out);

    void describe(Schemas schemas, ObjectNode object, ObjectNode properties, ArrayNode required);

    static Slot of(RecordComponent component) {
        component.getAccessor().setAccessible(true);
        OneOf oneOf = component.getAnnotation(OneOf.class);
        return oneOf == null
                ? Keyed.of(component)
                : new Choice(component, Variants.of(oneOf.value()));
    }

    private static @Nullable Object value(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    /** A component with one key. */
    record Keyed(
            RecordComponent component,
            String key,
            Kind<Object> kind,
            boolean optional,
            @Nullable JsonValue absent)
            implements Slot {
        static Keyed of(RecordComponent component) {
            Key key = component.getAnnotation(Key.class);
            Default absent = component.getAnnotation(Default.class);
            return new Keyed(
                    component,
                    key == null ? snakeCase(component.getName()) : key.value(),
                    Kinds.of(component),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                    absent == null ? null : Kinds.literal(absent.value()));
        }

        private static String snakeCase(String name) {
            return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        }

        @Override
        public List<String> keys() {
            return List.of(key);
        }

        @Override
        public Answer read(Place object, String called, boolean unknown) {
            Place place = object.member(key);
            if (place != null) {
                return Answer.of(kind.read(place));
            }
            if (absent != null) {
                return Answer.of(kind.read(new Place(object.file(), absent, key, object.scope())));
            }
            if (!optional && !unknown) {
                object.wrongPlain(called + " needs " + Shown.quoted(key));
            }
            return new Answer(null, optional);
        }

        @Override
        public void write(Object record, ObjectNode out) {
            Object value = value(component, record);
            if (value != null) {
                out.set(key, kind.write(value));
            }
        }

        @Override
        public void describe(
                Schemas schemas, ObjectNode object, ObjectNode properties, ArrayNode required) {
            ObjectNode schema = kind.schema(schemas);
            Doc doc = component.getAnnotation(Doc.class);
            if (doc != null) {
                schema.put("description", doc.value());
            }
            if (absent != null) {
                schema.set("default", absent.plain());
            } else if (!optional) {
                required.add(key);
            }
            properties.set(key, schema);
        }
    }

    /** A component that one of several keys stands for. */
    record Choice(RecordComponent component, Map<String, StructKind<?>> variants) implements Slot {
        @Override
        public List<String> keys() {
            return List.copyOf(variants.keySet());
        }

        @Override
        public Answer read(Place object, String called, boolean unknown) {
            List<Place> found = new ArrayList<>();
            for (String key : variants.keySet()) {
                Place place = object.member(key);
                if (place != null) {
                    found.add(place);
                }
            }
            if (found.isEmpty() && !unknown) {
                object.wrongPlain(called + " needs one of \"" + choice() + '"');
            }
            if (found.size() > 1) {
                found.getLast()
                        .wrongPlain(
                                called
                                        + " has only one of \""
                                        + String.join(
                                                "\", \"", found.stream().map(Place::label).toList())
                                        + "\"; keep one of them");
                return new Answer(null, false);
            }
            if (found.isEmpty()) {
                return new Answer(null, false);
            }
            StructKind<?> kind = variants.get(found.getFirst().label());
            return Answer.of(kind == null ? null : kind.read(found.getFirst()));
        }

        private String choice() {
            return String.join("\", \"", variants.keySet());
        }

        @Override
        public void write(Object record, ObjectNode out) {
            Object value = value(component, record);
            variants.forEach(
                    (key, kind) -> {
                        if (value != null && kind.writes(value)) {
                            out.set(key, kind.writeObject(value));
                        }
                    });
        }

        @Override
        public void describe(
                Schemas schemas, ObjectNode object, ObjectNode properties, ArrayNode required) {
            ArrayNode one = object.putArray("oneOf");
            variants.forEach(
                    (key, kind) -> {
                        properties.set(key, kind.schema(schemas));
                        one.addObject().putArray("required").add(key);
                    });
        }
    }
}
