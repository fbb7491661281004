package vini.experiment.spec;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.net.Quantity;
import vini.overlay.json.JsonValue;
import vini.overlay.json.Kind;
import vini.overlay.json.Place;
import vini.overlay.json.ReadBy;
import vini.overlay.json.Schemas;
import vini.overlay.json.Shown;

import java.math.BigDecimal;

/**
 * What a figure is held against: a number in the figure's own unit, a quantity with another ({@code
 * "100ms"}), or another figure of the same run by its path.
 *
 * @param number null if it is written as text
 * @param text as it is written; the number's if it is one
 */
@ReadBy(Bound.Form.class)
public record Bound(@Nullable Double number, String text) {
    /** A number in the figure's unit. */
    static Bound of(double number) {
        return new Bound(number, BigDecimal.valueOf(number).stripTrailingZeros().toPlainString());
    }

    /** The path of the other figure; null if it is a number or a quantity. */
    @Nullable FigurePath path() {
        return number != null || startsWithDigit() ? null : FigurePath.parse(text);
    }

    private boolean startsWithDigit() {
        return !text.isEmpty() && Character.isDigit(text.charAt(0));
    }

    private boolean isPercentage() {
        return number == null && text.endsWith("%");
    }

    /**
     * Makes sure that it can be held against a figure of that unit.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    void check(FigureUnit unit) {
        if (number != null) {
            return;
        }
        if (startsWithDigit()) {
            try {
                unit.read(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        unit == FigureUnit.NONE
                                ? Shown.quoted(text) + ": the figure " + e.getMessage()
                                : Shown.quoted(text) + " " + e.getMessage(),
                        e);
            }
            return;
        }
        FigurePath path = path();
        if (path == null) {
            throw new IllegalArgumentException(
                    Shown.quoted(text)
                            + " is neither a number, nor a quantity, nor the path of a figure");
        }
        if (!unit.fits(FigureUnit.of(path))) {
            throw new IllegalArgumentException(
                    Shown.quoted(text) + " is not counted in what the figure is counted in");
        }
    }

    /** The same for a distance, which may be a percentage, and is no other figure. */
    void checkDistance(FigureUnit unit) {
        if (isPercentage()) {
            percentage();
        } else if (number == null && !startsWithDigit()) {
            throw new IllegalArgumentException(
                    Shown.quoted(text) + " is no distance: write \"2%\", or a number");
        } else if (number != null && number < 0) {
            throw new IllegalArgumentException(text + " is negative; write 0 or more");
        } else {
            check(unit);
        }
    }

    /** More than the whole is a distance, too. */
    private double percentage() {
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})? ?%")) {
            throw new IllegalArgumentException(
                    Shown.quoted(text) + " is no percentage like \"2%\"");
        }
        return Double.parseDouble(text.substring(0, text.length() - 1).strip()) / 100;
    }

    /** What it comes to in that unit; NaN if it is a figure that the summary does not have. */
    double in(FigureUnit unit, JsonNode summary) {
        if (number != null) {
            return number;
        }
        FigurePath path = path();
        if (path == null) {
            return unit.read(text);
        }
        JsonNode value = path.in(summary);
        return value.isNumber() ? unit.from(FigureUnit.of(path), value.doubleValue()) : Double.NaN;
    }

    /** What it comes to as a distance from a value. */
    double distance(FigureUnit unit, JsonNode summary, double from) {
        return isPercentage() ? percentage() * Math.abs(from) : in(unit, summary);
    }

    /** How it is read and written. */
    static final class Form implements Kind<Bound> {
        @Override
        public @Nullable Bound read(Place place) {
            if (place.value() instanceof JsonValue.Figure figure) {
                double number = figure.value().doubleValue();
                if (!Double.isFinite(number)) {
                    place.wrong(figure.shown() + " is too large");
                    return null;
                }
                return of(number);
            }
            if (place.value() instanceof JsonValue.Text text) {
                return new Bound(null, text.text());
            }
            place.wrong(
                    place.value().shown()
                            + " is neither a number, nor a quantity like "
                            + Shown.quoted(Quantity.ofNanos(100_000_000))
                            + ", nor the path of a figure");
            return null;
        }

        @Override
        public JsonNode write(Bound bound) {
            return bound.number == null
                    ? JsonNodeFactory.instance.stringNode(bound.text)
                    : JsonNodeFactory.instance.numberNode(bound.number);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            schema.putArray("type").add("number").add("string");
            return schema;
        }
    }
}
