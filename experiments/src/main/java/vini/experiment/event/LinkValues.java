package vini.experiment.event;

import org.jspecify.annotations.Nullable;

import vini.net.Quantity;
import vini.overlay.json.Rate;
import vini.overlay.json.Share;
import vini.overlay.world.Cause;
import vini.overlay.world.Way;
import vini.overlay.world.World;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Properties of a link and what they are to be, as {@link World#set} wants them. */
final class LinkValues {
    private final Map<String, String> values = new LinkedHashMap<>();

    LinkValues with(String property, @Nullable Duration time) {
        return time == null ? this : put(property, Quantity.ofNanos(time.toNanos()));
    }

    LinkValues with(String property, @Nullable Share share) {
        return share == null ? this : put(property, share.toString());
    }

    LinkValues with(String property, @Nullable Rate rate) {
        return rate == null ? this : put(property, rate.toString());
    }

    LinkValues with(String property, @Nullable Integer number) {
        return number == null ? this : put(property, number.toString());
    }

    private LinkValues put(String property, String value) {
        values.put(property, value);
        return this;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    Map<String, String> values() {
        return values;
    }

    /** Makes the link so. */
    void set(World world, Way way, Cause cause) throws IOException {
        for (Map.Entry<String, String> each : values.entrySet()) {
            world.set(way, each.getKey(), each.getValue(), cause);
        }
    }

    /** {@code delay 5ms loss 1%}. */
    @Override
    public String toString() {
        StringJoiner words = new StringJoiner(" ");
        values.forEach((property, value) -> words.add(property).add(value));
        return words.toString();
    }
}
