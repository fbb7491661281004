package vini.experiment.event;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.Turn;
import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.Range;
import vini.overlay.json.Rate;
import vini.overlay.json.Share;
import vini.overlay.topology.Direction;
import vini.overlay.topology.LinkName;
import vini.overlay.world.Cause;
import vini.overlay.world.Way;

import java.time.Duration;
import java.util.List;

/** A link changes its properties for good; those that are not named stay as they are. */
@Called("change")
@Doc("A link changes its properties for good; what is not named stays as it is.")
public record SetLink(
        @Doc("The two nodes of the link.") LinkName link,
        @Doc("Only from the first named node to the second.") @Default("false") boolean oneway,
        @Doc("One-way delay.") @Bounds(max = "60s") @Nullable Duration delay,
        @Doc("Width of the uniform random extra delay.") @Bounds(max = "60s")
                @Nullable Duration jitter,
        @Doc("Share of packets lost at random.") @Nullable Share loss,
        @Doc("Rate limit.") @Bounds(min = "1bps", max = "1000Gbps") @Nullable Rate rate,
        @Doc("How many packets wait for the rate before the next is dropped.")
                @Range(min = 1, max = Direction.QUEUE_PACKETS_MAX)
                @Nullable Integer queue,
        @Doc("Cost of routing.") @Range(min = 1, max = Direction.COST_MAX) @Nullable Integer cost)
        implements Event {
    public SetLink {
        if (cost == null && values(delay, jitter, loss, rate, queue).isEmpty()) {
            throw new IllegalArgumentException(
                    "nothing changes; give delay, jitter, loss, rate, queue or cost");
        }
    }

    private static LinkValues values(
            @Nullable Duration delay,
            @Nullable Duration jitter,
            @Nullable Share loss,
            @Nullable Rate rate,
            @Nullable Integer queue) {
        return new LinkValues()
                .with("delay", delay)
                .with("jitter", jitter)
                .with("loss", loss)
                .with("rate", rate)
                .with("queue", queue);
    }

    private LinkValues values() {
        return values(delay, jitter, loss, rate, queue);
    }

    @Override
    public String words() {
        String words = "set " + new Way(link, oneway);
        String values = values().toString();
        return words
                + (values.isEmpty() ? "" : " " + values)
                + (cost == null ? "" : " cost " + cost);
    }

    @Override
    public boolean lasts() {
        return false;
    }

    @Override
    public void plan(Script script) {
        Way way = new Way(link, oneway);
        script.begin(
                Act.of(
                        Deed.links("set", Turn.OTHER, List.of(link), null, words()),
                        world -> {
                            values().set(world, way, Cause.OPERATOR);
                            if (cost != null) {
                                world.cost(way, cost);
                            }
                        }));
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
