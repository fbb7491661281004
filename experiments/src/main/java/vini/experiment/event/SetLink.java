package vini.experiment.event;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.net.Quantity;
import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Doc;
import vini.overlay.json.Range;
import vini.overlay.json.Rate;
import vini.overlay.json.Share;
import vini.overlay.topology.Direction;
import vini.overlay.topology.LinkName;
import vini.overlay.world.World;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** A link changes its properties; those that are not named stay as they are. */
@Called("change")
@Doc("A link changes its properties in both directions; what is not named stays as it is.")
public record SetLink(
        @Doc("The two nodes of the link.") LinkName link,
        @Doc("One-way delay.") @Bounds(max = "60s") @Nullable Duration delay,
        @Doc("Width of the uniform random extra delay.") @Bounds(max = "60s")
                @Nullable Duration jitter,
        @Doc("Share of packets lost at random.") @Nullable Share loss,
        @Doc("Rate limit.") @Bounds(min = "1bps", max = "1000Gbps") @Nullable Rate rate,
        @Doc("How many packets wait for the rate before the next is dropped.")
                @Range(min = 1, max = Direction.QUEUE_PACKETS_MAX)
                @Nullable Integer queue)
        implements Event {
    public SetLink {
        if (Stream.of(delay, jitter, loss, rate, queue).allMatch(Objects::isNull)) {
            throw new IllegalArgumentException(
                    "nothing changes; give delay, jitter, loss, rate or queue");
        }
    }

    @Override
    public String key() {
        return "set";
    }

    @Override
    public String words() {
        StringJoiner words = new StringJoiner(" ").add("set").add(link.toString());
        if (delay != null) {
            words.add("delay " + Quantity.ofNanos(delay.toNanos()));
        }
        if (jitter != null) {
            words.add("jitter " + Quantity.ofNanos(jitter.toNanos()));
        }
        if (loss != null) {
            words.add("loss " + loss);
        }
        if (rate != null) {
            words.add("rate " + rate);
        }
        if (queue != null) {
            words.add("queue " + queue);
        }
        return words.toString();
    }

    @Override
    public void happen(World world) throws IOException {
        if (delay != null) {
            world.set(link, "delay", Quantity.ofNanos(delay.toNanos()));
        }
        if (jitter != null) {
            world.set(link, "jitter", Quantity.ofNanos(jitter.toNanos()));
        }
        if (loss != null) {
            world.set(link, "loss", loss.toString());
        }
        if (rate != null) {
            world.set(link, "rate", rate.toString());
        }
        if (queue != null) {
            world.set(link, "queue", queue.toString());
        }
    }

    /** Makes it known. */
    @AutoService(EventType.class)
    public static final class Type implements EventType {
        @Override
        public String key() {
            return "set";
        }

        @Override
        public Class<SetLink> form() {
            return SetLink.class;
        }
    }
}
