package vini.overlay.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import vini.net.Quantity;

import java.time.Duration;
import java.util.function.Function;

/** A number with a unit, in one text: a time, a rate, a size, a share. */
final class QuantityKind<T extends Comparable<T>> implements Kind<T> {
    /** Longer texts are no quantities; reading their digits would cost too much. */
    private static final int LONGEST = 40;

    private final String pattern;
    private final String noun;
    private final String example;
    private final Function<String, T> parse;
    private final Function<T, String> show;
    private final @Nullable T min;
    private final @Nullable T max;

    private QuantityKind(
            String pattern,
            String noun,
            String example,
            Function<String, T> parse,
            Function<T, String> show,
            @Nullable Bounds bounds) {
        this.pattern = pattern;
        this.noun = noun;
        this.example = example;
        this.parse = parse;
        this.show = show;
        this.min = bounds == null || bounds.min().isEmpty() ? null : parse.apply(bounds.min());
        this.max = bounds == null || bounds.max().isEmpty() ? null : parse.apply(bounds.max());
    }

    static QuantityKind<Duration> time(@Nullable Bounds bounds) {
        return new QuantityKind<>(
                "^[0-9]+(\\.[0-9]+)? ?(ns|us|ms|s|m|min|h)$",
                "a time",
                "5ms",
                text -> Duration.ofNanos(Quantity.nanos(text)),
                time -> Quantity.ofNanos(time.toNanos()),
                bounds);
    }

    static QuantityKind<Rate> rate(@Nullable Bounds bounds) {
        return new QuantityKind<>(
                "^[0-9]+(\\.[0-9]+)? ?[kMG]?(bps|b/s|bit/s)$",
                "a rate",
                "100Mbps",
                Rate::parse,
                Rate::toString,
                bounds);
    }

    static QuantityKind<Size> size(@Nullable Bounds bounds) {
        return new QuantityKind<>(
                "^[0-9]+(\\.[0-9]+)? ?(B|KB|MB|GB)$",
                "a size",
                "16KB",
                Size::parse,
                Size::toString,
                bounds);
    }

    static QuantityKind<Share> share(@Nullable Bounds bounds) {
        return new QuantityKind<>(
                "^[0-9]+(\\.[0-9]+)? ?%$",
                "a share", "0.1%", Share::parse, Share::toString, bounds);
    }

    @Override
    public @Nullable T read(Place place) {
        String written;
        if (place.value() instanceof JsonValue.Text text) {
            written = text.text();
        } else if (place.value() instanceof JsonValue.Figure figure) {
            written = figure.written();
        } else {
            place.wrong(place.value().shown() + " is not " + noun + " like \"" + example + "\"");
            return null;
        }
        if (written.startsWith("-")) {
            place.wrong(place.value().shown() + " is negative; write 0 or more");
            return null;
        }
        if (written.length() > LONGEST) {
            place.wrong(place.value().shown() + " is not " + noun + " like \"" + example + "\"");
            return null;
        }
        T value;
        try {
            value = parse.apply(written);
        } catch (IllegalArgumentException e) {
            place.wrong(String.valueOf(e.getMessage()));
            return null;
        }
        if (min != null && value.compareTo(min) < 0) {
            place.wrong(Shown.quoted(written) + " is less than " + show.apply(min));
            return null;
        }
        if (max != null && value.compareTo(max) > 0) {
            place.wrong(Shown.quoted(written) + " is more than " + show.apply(max));
            return null;
        }
        return value;
    }

    @Override
    public JsonNode write(T value) {
        return JsonNodeFactory.instance.stringNode(show.apply(value));
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        return Schemas.text().put("pattern", pattern).set("examples", Schemas.list(example));
    }
}
