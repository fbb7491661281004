package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An object that is a record: each component is a key. A {@code @Nullable} component may be absent,
 * and so may one with a {@link Default}. The record's constructor may refuse a combination by
 * {@link WrongKey} or IllegalArgumentException.
 */
public final class StructKind<T> implements Kind<T> {
    private static final String SCHEMA = "$schema";

    private final Class<T> type;
    private final String called;
    private final List<String> alternatives;
    private final List<Slot> slots = new ArrayList<>();

    StructKind(Class<T> type) {
        this.type = type;
        Called name = type.getAnnotation(Called.class);
        this.called = name == null ? "object" : name.value();
        ExactlyOne one = type.getAnnotation(ExactlyOne.class);
        this.alternatives = one == null ? List.of() : List.of(one.value());
        for (RecordComponent component : type.getRecordComponents()) {
            slots.add(Slot.of(component));
        }
    }

    @Override
    public @Nullable T read(Place place) {
        if (!(place.value() instanceof JsonValue.Struct struct)) {
            place.wrong(place.value().shown() + " is not an object { ... } for " + article());
            return null;
        }
        boolean unknown = reportUnknown(place, struct);
        @Nullable Object[] values = new @Nullable Object[slots.size()];
        boolean good = !unknown;
        for (int i = 0; i < values.length; i++) {
            Slot.Answer answer = slots.get(i).read(place, article(), unknown);
            values[i] = answer.value();
            good &= answer.good();
        }
        good &= exactlyOne(place, unknown);
        return good ? construct(place, values) : null;
    }

    private boolean reportUnknown(Place place, JsonValue.Struct struct) {
        List<String> known = new ArrayList<>();
        slots.forEach(slot -> known.addAll(slot.keys()));
        if (namesSchema()) {
            known.add(SCHEMA);
        }
        boolean found = false;
        for (Map.Entry<String, JsonValue.Member> entry : struct.members().entrySet()) {
            String key = entry.getKey();
            if (known.contains(key)) {
                continue;
            }
            found = true;
            String near = Suggestion.didYouMean(key, known);
            place.file()
                    .wrong(
                            entry.getValue().keyAt(),
                            "unknown key "
                                    + Shown.quoted(key)
                                    + " in "
                                    + article()
                                    + (near.isEmpty()
                                            ? "; known are " + String.join(", ", known)
                                            : near));
        }
        return found;
    }

    private boolean exactlyOne(Place place, boolean unknown) {
        if (alternatives.isEmpty()) {
            return true;
        }
        List<String> found =
                alternatives.stream().filter(key -> place.member(key) != null).toList();
        if (found.size() > 1) {
            place.at(found.getLast())
                    .wrongPlain(
                            article()
                                    + " has only one of \""
                                    + String.join("\", \"", found)
                                    + "\"; keep one of them");
        } else if (found.isEmpty() && !unknown) {
            place.wrongPlain(
                    article() + " needs one of \"" + String.join("\", \"", alternatives) + '"');
        }
        return found.size() == 1;
    }

    private @Nullable T construct(Place place, @Nullable Object[] values) {
        try {
            return constructor().newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof WrongKey wrong) {
                place.at(wrong.key()).wrong(String.valueOf(wrong.getMessage()));
            } else if (e.getCause() instanceof IllegalArgumentException wrong) {
                place.wrong(String.valueOf(wrong.getMessage()));
            } else {
                throw new IllegalStateException(type + " failed for " + place, e);
            }
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }

    private Constructor<T> constructor() throws NoSuchMethodException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = components[i].getType();
        }
        Constructor<T> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor;
    }

    private boolean namesSchema() {
        return type.isAnnotationPresent(NamesSchema.class);
    }

    private String article() {
        return (called.matches("[aeio].*") ? "an " : "a ") + called; // "a udp"
    }

    @Override
    public JsonNode write(T value) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        slots.forEach(slot -> slot.write(value, object));
        return object;
    }

    boolean writes(Object value) {
        return type.isInstance(value);
    }

    JsonNode writeObject(Object value) {
        return write(type.cast(value));
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        return schemas.shared(called.replace(' ', '-'), () -> describe(schemas));
    }

    private ObjectNode describe(Schemas schemas) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        Doc doc = type.getAnnotation(Doc.class);
        if (doc != null) {
            schema.put("description", doc.value());
        }
        ObjectNode properties = schema.putObject("properties");
        if (namesSchema()) {
            properties.putObject(SCHEMA).put("type", "string");
        }
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        slots.forEach(slot -> slot.describe(schemas, schema, properties, required));
        if (!alternatives.isEmpty()) {
            ArrayNode oneOf = schema.putArray("oneOf");
            alternatives.forEach(key -> oneOf.addObject().putArray("required").add(key));
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }
}
