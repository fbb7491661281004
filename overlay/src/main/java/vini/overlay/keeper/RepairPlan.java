package vini.overlay.keeper;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vini.overlay.topology.Link;
import vini.time.Timer;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Links that were failed for a time, and when each is repaired. Lives on the keeper's worker. */
final class RepairPlan {
    private static final Logger LOG = LoggerFactory.getLogger(RepairPlan.class);

    /** Some thirty years: a repair later than that never comes, and no sum overflows. */
    private static final double SECONDS_MAX = 1e9;

    private record Repair(Timer timer, long dueNanos) {}

    private final Keeper keeper;
    private final Map<Link, Repair> repairs = new LinkedHashMap<>();

    RepairPlan(Keeper keeper) {
        this.keeper = keeper;
    }

    /**
     * Repairs the link after that many seconds; 0 means not by itself.
     *
     * @return when that is, on the worker's clock; {@link Long#MAX_VALUE} for never
     */
    long after(Link link, double seconds) {
        Repair old = repairs.remove(link);
        if (old != null) {
            old.timer.cancel();
        }
        if (seconds <= 0) {
            return Long.MAX_VALUE;
        }
        long due = keeper.worker().nowNanos() + (long) (Math.min(seconds, SECONDS_MAX) * 1e9);
        Timer timer = keeper.worker().timer(() -> repair(link));
        timer.at(due);
        repairs.put(link, new Repair(timer, due));
        return due;
    }

    private void repair(Link link) {
        repairs.remove(link);
        try {
            keeper.links().restore(link);
        } catch (IOException e) {
            // The book says up, so a forwarder that comes back will have it so.
            LOG.warn("{} is to be repaired, but {}", link.name(), e.getMessage());
        }
    }

    /** When the link is repaired by itself; null if it is not. */
    @Nullable Long dueNanos(Link link) {
        Repair repair = repairs.get(link);
        return repair == null ? null : repair.dueNanos;
    }
}
