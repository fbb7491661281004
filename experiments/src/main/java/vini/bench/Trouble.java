package vini.bench;

import vini.overlay.topology.End;
import vini.overlay.topology.Link;
import vini.overlay.topology.Node;
import vini.overlay.world.FailureMode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What happens to a slice while it is soaked: each five seconds a link of the way that packets take
 * fails and is repaired, some of them silently, and forwarding tables change all the time.
 */
final class Trouble {
    private static final int FAIL_EVERY_MS = 5000;
    private static final int FIRST_MS = 1000;
    private static final int REPAIR_AFTER_MS = 2500;

    /** The dead interval, and a second in which the neighbours find each other before the next. */
    private static final int REPAIR_SILENT_AFTER_MS = 3500;

    /** No link fails in the end of a transfer that is shorter. */
    private static final int HEALED_AFTER_MS = 4500;

    /** Of so many failures one is silent. */
    private static final int SILENT_EACH = 4;

    /** In this order it is now the first link of the way that is silent, now the second. */
    private static final int SAME_HOP = 3;

    static final int TICK_MS = 100;
    private static final int COST_EVERY_TICKS = 10;
    static final int ROUTES = 500;

    private static final int LOW_COST = 5;
    private static final int HIGH_COST = 15;
    private static final double MILLIS = 1000;

    /** A link that failed so many seconds after the transfer began. */
    record Failure(double at, FailureMode mode) {}

    private final Slice slice;
    private final int from;
    private final int to;
    private final int churning;

    /**
     * @param from number of the node that sends
     * @param to number of the node that it sends to
     * @param churning number of the link whose cost changes
     */
    Trouble(Slice slice, int from, int to, int churning) {
        this.slice = slice;
        this.from = from;
        this.to = to;
        this.churning = churning;
    }

    /**
     * Does so for {@code seconds}, and until the last failure has healed.
     *
     * @param client must run as long
     * @param resident gets the forwarder's memory in KiB, each second
     */
    List<Failure> make(int seconds, Program client, List<Double> resident)
            throws IOException, InterruptedException {
        List<Failure> failures = new ArrayList<>();
        Link failed = null;
        long repairMs = 0;
        long failMs = FIRST_MS;
        long begin = System.nanoTime();
        long pid = slice.pid("forwarder");
        for (int tick = 0; ; tick++) {
            long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            if (failed != null && ms >= repairMs) {
                slice.keeper().links().restore(failed);
                failed = null;
            }
            if (failed == null && ms >= TimeUnit.SECONDS.toMillis(seconds)) {
                break;
            }
            client.mustRun();
            if (ms >= failMs && ms + HEALED_AFTER_MS <= TimeUnit.SECONDS.toMillis(seconds)) {
                boolean silent = failures.size() % SILENT_EACH == 1;
                FailureMode mode = silent ? FailureMode.SILENT : FailureMode.DOWN;
                failed = inUse(failures.size() / SAME_HOP % 2);
                slice.keeper().links().fail(failed, mode, End.A);
                failures.add(new Failure(ms / MILLIS, mode));
                repairMs = ms + (silent ? REPAIR_SILENT_AFTER_MS : REPAIR_AFTER_MS);
                failMs += FAIL_EVERY_MS;
            }
            churn(tick);
            if (tick % COST_EVERY_TICKS == 0) {
                resident.add(Resident.kib(pid));
            }
            Thread.sleep(TICK_MS);
        }
        return failures;
    }

    /** A link of the way that packets take just now: the first, or the one behind it. */
    private Link inUse(int hop) throws IOException {
        Link at = next(node(from));
        return hop == 0 ? at : next(at.other(node(from)));
    }

    private Link next(Node node) throws IOException {
        String sink = slice.address(to);
        String way = slice.keeper().readForwarder(node.name() + "/fib.lookup", sink).strip();
        for (Link link : slice.keeper().topology().links()) {
            if (link.has(node.name())) {
                Node other = link.other(node);
                End there = link.end(other);
                if (way.endsWith(" " + slice.keeper().plan().linkEnd(link, there).address())) {
                    return link;
                }
            }
        }
        throw new IOException(node.name() + " has no way to sink: " + way);
    }

    private Node node(int number) {
        return slice.keeper().topology().nodes().get(number);
    }

    /** Many routes come and go everywhere, and what routing finds changes in between. */
    private void churn(int tick) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ROUTES; i++) {
            String prefix = "198.18." + i / 256 + "." + i % 256 + "/32";
            text.append(tick % 2 == 0 ? "set " + prefix + " 2\n" : "remove " + prefix + "\n");
        }
        for (Node node : slice.keeper().topology().nodes()) {
            slice.keeper().writeForwarder(node.name() + "/fib.ctrl", text.toString());
        }
        if (tick % COST_EVERY_TICKS == 0) {
            Link link = slice.link(churning);
            int cost = tick % (2 * COST_EVERY_TICKS) == 0 ? LOW_COST : HIGH_COST;
            for (End end : End.values()) {
                slice.keeper().links().cost(link, end, cost);
            }
        }
    }
}
