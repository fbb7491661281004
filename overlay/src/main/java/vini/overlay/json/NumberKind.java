package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.function.Function;

/** A whole number within bounds, or any finite number. */
final class NumberKind<T extends Number> implements Kind<T> {
    private final boolean whole;
    private final long min;
    private final long max;
    private final Function<BigDecimal, T> convert;

    private NumberKind(boolean whole, long min, long max, Function<BigDecimal, T> convert) {
        this.whole = whole;
        this.min = min;
        this.max = max;
        this.convert = convert;
    }

    static NumberKind<Integer> integer(@Nullable Range range) {
        return new NumberKind<>(
                true,
                range == null ? 0 : range.min(),
                range == null ? Integer.MAX_VALUE : range.max(),
                BigDecimal::intValue);
    }

    static NumberKind<Long> longInteger(@Nullable Range range) {
        return new NumberKind<>(
                true,
                range == null ? 0 : range.min(),
                range == null ? Long.MAX_VALUE : range.max(),
                BigDecimal::longValue);
    }

    static NumberKind<Double> real() {
        return new NumberKind<>(false, 0, 0, BigDecimal::doubleValue);
    }

    @Override
    public @Nullable T read(Place place) {
        if (!(place.value() instanceof JsonValue.Figure figure)) {
            String hint =
                    place.value() instanceof JsonValue.Text ? "; write it without quotes" : "";
            place.wrong(place.value().shown() + " is not a number" + hint);
            return null;
        }
        BigDecimal value = figure.value();
        if (!whole) {
            if (!Double.isFinite(value.doubleValue())) {
                place.wrong(figure.shown() + " is too large");
                return null;
            }
            return convert.apply(value);
        }
        // Compared before it is made whole: 1e999999999 would not fit into memory.
        if (value.compareTo(BigDecimal.valueOf(min)) < 0
                || value.compareTo(BigDecimal.valueOf(max)) > 0) {
            place.wrong(figure.shown() + " is outside " + min + "-" + max);
            return null;
        }
        if (value.scale() > 0 && value.stripTrailingZeros().scale() > 0) {
            place.wrong(figure.shown() + " is not a whole number");
            return null;
        }
        return convert.apply(value);
    }

    @Override
    public JsonNode write(T value) {
        return whole
                ? JsonNodeFactory.instance.numberNode(value.longValue())
                : JsonNodeFactory.instance.numberNode(value.doubleValue());
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (!whole) {
            return schema.put("type", "number");
        }
        return schema.put("type", "integer").put("minimum", min).put("maximum", max);
    }
}
