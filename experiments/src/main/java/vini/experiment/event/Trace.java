package vini.experiment.event;

import vini.forwarder.elements.overlay.Link;
import vini.net.Quantity;
import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.ReadBy;
import vini.overlay.json.WrongKey;

import java.util.List;

/** A property of a link over time. */
@Called("trace")
@Doc("What a property of a link is, from time to time.")
public record Trace(
        @Doc("delay, jitter, loss, rate, queue, reorder, duplicate or corrupt.") String property,
        @Doc("A file: lines of time and value, as in \"1.5s,20Mbps\", or a mahimahi trace.")
                @ReadBy(TracePoints.class)
                List<TracePoint> points,
        @Doc("After the last point it begins anew.") @Default("true") boolean repeat) {
    /** What hears of each point. */
    interface Player {
        void value(long nanos, String value);
    }

    public Trace {
        points = List.copyOf(points);
        for (TracePoint point : points) {
            try {
                Link.check(property, point.value());
            } catch (IllegalArgumentException e) {
                String why = String.valueOf(e.getMessage());
                if (why.contains("is not delay")) {
                    throw new WrongKey("property", why);
                }
                String at = Quantity.ofNanos(point.at().toNanos());
                throw new WrongKey("points", "at " + at + ": " + why);
            }
        }
        if (repeat && points.size() > 1 && points.getLast().at().isZero()) {
            throw new WrongKey("points", "a trace that takes no time cannot begin anew");
        }
    }

    /** Tells all points of so long a time, in their order. */
    void play(long lengthNanos, Player player) {
        long period = points.getLast().at().toNanos();
        long begin = 0;
        do {
            for (TracePoint point : points) {
                long at = begin + point.at().toNanos();
                // The last point of a round is the first of the next.
                boolean closes = repeat && period > 0 && at == begin + period;
                if (at < lengthNanos && !closes) {
                    player.value(at, point.value());
                }
            }
            begin += period;
        } while (repeat && period > 0 && begin < lengthNanos);
    }
}
