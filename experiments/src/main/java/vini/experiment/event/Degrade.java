package vini.experiment.event;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.Turn;
import vini.net.Quantity;
import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.Range;
import vini.overlay.json.Rate;
import vini.overlay.json.Share;
import vini.overlay.json.WrongKey;
import vini.overlay.topology.Direction;
import vini.overlay.topology.LinkName;
import vini.overlay.world.Way;

import java.time.Duration;
import java.util.List;

/** A link is worse than it should be for a time, at once, gradually, or by a trace. */
@Called("degradation")
@Doc("A link is worse than it should be, and at the event's end as before.")
public record Degrade(
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
        @Doc("Share of packets that skip delay and jitter, and overtake others.")
                @Nullable Share reorder,
        @Doc("Share of packets that are sent twice.") @Nullable Share duplicate,
        @Doc("Share of packets in which one bit is turned.") @Nullable Share corrupt,
        @Doc("The values are reached step by step, beginning with what is, in this time.")
                @Bounds(min = "1ms", max = "168h")
                @Nullable Duration over,
        @Doc("One property follows a trace.") @Nullable Trace trace)
        implements Event {
    /** Time steps of a ramp: fine enough to look smooth, and few enough to cost nothing. */
    private static final int RAMP_STEPS = 100;

    private static final String KIND = "degrade";

    public Degrade {
        LinkValues values = values(delay, jitter, loss, rate, queue, reorder, duplicate, corrupt);
        if (values.isEmpty() && trace == null) {
            throw new IllegalArgumentException(
                    "nothing changes; give delay, jitter, loss, rate, queue, reorder, duplicate,"
                            + " corrupt or trace");
        }
        if (values.isEmpty() && over != null) {
            throw new WrongKey("over", "there is no value to be reached");
        }
        if (trace != null && values.values().containsKey(trace.property())) {
            throw new WrongKey(trace.property(), "the trace says it already");
        }
    }

    private static LinkValues values(
            @Nullable Duration delay,
            @Nullable Duration jitter,
            @Nullable Share loss,
            @Nullable Rate rate,
            @Nullable Integer queue,
            @Nullable Share reorder,
            @Nullable Share duplicate,
            @Nullable Share corrupt) {
        return new LinkValues()
                .with("delay", delay)
                .with("jitter", jitter)
                .with("loss", loss)
                .with("rate", rate)
                .with("queue", queue)
                .with("reorder", reorder)
                .with("duplicate", duplicate)
                .with("corrupt", corrupt);
    }

    private LinkValues values() {
        return values(delay, jitter, loss, rate, queue, reorder, duplicate, corrupt);
    }

    /** Whether it changes that property of the link, by a value or by a trace. */
    public boolean sets(String property) {
        return values().values().containsKey(property)
                || trace != null && trace.property().equals(property);
    }

    @Override
    public String words() {
        String values = values().toString();
        return KIND
                + " "
                + new Way(link, oneway)
                + (values.isEmpty() ? "" : " " + values)
                + (over == null ? "" : " over " + Quantity.ofNanos(over.toNanos()))
                + (trace == null ? "" : " " + trace.property() + " by a trace");
    }

    @Override
    public boolean lasts() {
        return true;
    }

    @Override
    public void plan(Script script) {
        Way way = new Way(link, oneway);
        Deed deed = Deed.links(KIND, Turn.WORSE, List.of(link), null, words());
        if (over == null) {
            script.begin(Act.of(deed, world -> values().set(world, way, script.cause())));
        } else {
            ramp(script, way, deed, over.toNanos());
        }
        if (trace != null) {
            follow(trace, script, way, deed);
        }
        script.end(
                Act.of(
                        Deed.links("recover", Turn.BETTER, List.of(link), null, "recover " + way),
                        world -> world.unset(way, script.cause())));
    }

    private void ramp(Script script, Way way, Deed deed, long nanos) {
        Ramp ramp = new Ramp(way, values(), script.cause());
        script.begin(Act.of(deed, ramp::begin));
        for (int step = 1; step <= RAMP_STEPS; step++) {
            double share = (double) step / RAMP_STEPS;
            script.at(
                    nanos / RAMP_STEPS * step, Act.quiet(deed, world -> ramp.reach(world, share)));
        }
    }

    private static void follow(Trace trace, Script script, Way way, Deed deed) {
        trace.play(
                script.lengthNanos(),
                (nanos, value) ->
                        script.at(
                                nanos,
                                Act.quiet(
                                        deed,
                                        world ->
                                                world.set(
                                                        way,
                                                        trace.property(),
                                                        value,
                                                        script.cause()))));
    }

    /** Makes it known. */
    @AutoService(EventType.class)
    public static final class Type implements EventType {
        @Override
        public String key() {
            return KIND;
        }

        @Override
        public Class<Degrade> form() {
            return Degrade.class;
        }
    }
}
