package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import vini.net.IpAddress;
import vini.net.Prefix;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which kind reads which Java type; the one table of it. */
public final class Kinds {
    /** What the reflection found, per record: read only by key, so its order does not matter. */
    private static final Map<Class<?>, StructKind<?>> STRUCTS = new ConcurrentHashMap<>();

    private Kinds() {}

    /** The kind of a record whose components are keys. */
    @SuppressWarnings("unchecked") // the table holds under each class the kind of that class
    public static <T> StructKind<T> struct(Class<T> type) {
        StructKind<?> known = STRUCTS.get(type);
        if (known == null) {
            // Not computeIfAbsent: a record's components ask for further records.
            known = new StructKind<>(type);
            STRUCTS.put(type, known);
        }
        return (StructKind<T>) known;
    }

    @SuppressWarnings("unchecked") // a component's kind is asked for values of its type only
    static Kind<Object> of(RecordComponent component) {
        ReadBy readBy = component.getAnnotation(ReadBy.class);
        Kind<?> kind = readBy == null ? of(component.getGenericType(), component) : make(readBy);
        return (Kind<Object>) kind;
    }

    private static Kind<?> of(Type type, RecordComponent component) {
        Range range = component.getAnnotation(Range.class);
        Declares declares = component.getAnnotation(Declares.class);
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                boolean told = arguments[0] == Duration.class || isReference(component);
                Kind<?> kind = told ? of(arguments[0], component) : plain(arguments[0]);
                return new ListKind<>(kind, ListKind.Count.of(range), false);
            }
            if (generic.getRawType() == Map.class) {
                String sort = declares == null ? null : declares.value();
                return new MapKind<>(plain(arguments[1]), range, sort);
            }
        }
        Bounds bounds = component.getAnnotation(Bounds.class);
        if (type == String.class) {
            Name name = component.getAnnotation(Name.class);
            Ref ref = component.getAnnotation(Ref.class);
            return ref != null
                    ? TextKind.refersTo(ref.value())
                    : declares != null
                            ? TextKind.declares(declares.value())
                            : name == null ? TextKind.any() : TextKind.name(name.most());
        }
        if (type == int.class || type == Integer.class) {
            return NumberKind.integer(range);
        }
        if (type == long.class || type == Long.class) {
            return NumberKind.longInteger(range);
        }
        if (type == Duration.class) {
            return QuantityKind.time(bounds);
        }
        if (type == Rate.class) {
            return QuantityKind.rate(bounds);
        }
        if (type == Size.class) {
            return QuantityKind.size(bounds);
        }
        return type == Share.class ? QuantityKind.share(bounds) : plain(type);
    }

    private static boolean isReference(RecordComponent component) {
        return component.isAnnotationPresent(Ref.class);
    }

    private static Kind<?> plain(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return new ListKind<>(plain(generic.getActualTypeArguments()[0]), null, false);
        }
        if (!(type instanceof Class<?> of)) {
            throw new IllegalStateException("no kind reads " + type);
        }
        ReadBy readBy = of.getAnnotation(ReadBy.class);
        if (readBy != null) {
            return make(readBy);
        }
        if (of == double.class || of == Double.class) {
            return NumberKind.real();
        }
        if (of == boolean.class || of == Boolean.class) {
            return new TruthKind();
        }
        if (of == String.class) {
            return TextKind.any();
        }
        if (of == IpAddress.class) {
            return new ParsedKind<>("10.77.0.9", IpAddress::parse);
        }
        if (of == Prefix.class) {
            return new ParsedKind<>("10.77.0.0/16", Prefix::parse);
        }
        if (of == JsonNode.class) {
            return new AnyKind();
        }
        if (of.isEnum()) {
            return enumeration(of);
        }
        if (of.isRecord()) {
            return struct(of);
        }
        throw new IllegalStateException("no kind reads " + type);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the caller knows that it is an enum
    private static Kind<?> enumeration(Class<?> type) {
        return new EnumKind(type);
    }

    private static Kind<?> make(ReadBy readBy) {
        try {
            var constructor = readBy.value().getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(readBy + " cannot be made", e);
        }
    }

    /** What a {@link Default} says, as if it stood in the file. */
    static JsonValue literal(String text) {
        if (text.matches("-?[0-9]+(\\.[0-9]+)?")) {
            return new JsonValue.Figure(Position.START, new BigDecimal(text), text);
        }
        if (text.equals("true") || text.equals("false")) {
            return new JsonValue.Truth(Position.START, text.equals("true"));
        }
        if (text.startsWith("[") || text.startsWith("{")) {
            Problems problems = new Problems();
            @Nullable JsonValue value =
                    new TreeBuilder(
                                    new JsonFile("default", java.nio.file.Path.of("."), problems),
                                    text)
                            .build();
            if (value != null) {
                return value;
            }
            throw new IllegalStateException("the default " + text + " is no JSON");
        }
        return new JsonValue.Text(Position.START, text);
    }
}
