package vini.overlay.keeper;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vini.overlay.topology.Node;
import vini.overlay.world.Cause;
import vini.overlay.world.FailureMode;
import vini.time.Timer;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the operator wants of the nodes of a live slice, at once and, where it is for a time, undone
 * later. Lives on the keeper's worker.
 */
final class NodeOrders {
    private static final Logger LOG = LoggerFactory.getLogger(NodeOrders.class);

    private final Keeper keeper;

    /** By node and what is to be done to it. */
    private final Map<String, Timer> later = new LinkedHashMap<>();

    NodeOrders(Keeper keeper) {
        this.keeper = keeper;
    }

    /**
     * Gives an order.
     *
     * @param what down, up, crash, start, freeze or thaw
     * @param seconds after which it is undone; 0 for not by itself
     */
    void order(Node node, String what, String seconds) throws IOException {
        double time = Double.parseDouble(seconds);
        boolean ends = time > 0 && !isRepair(what);
        long due = keeper.worker().nowNanos() + (long) (time * 1e9);
        carryOut(node, what, ends ? due : Long.MAX_VALUE);
        String opposite = opposite(what);
        forget(node.name() + " " + what);
        forget(node.name() + " " + opposite);
        if (ends) {
            String key = node.name() + " " + opposite;
            Timer timer = keeper.worker().timer(() -> undo(node, opposite, key));
            timer.at(due);
            later.put(key, timer);
        }
    }

    private void forget(String key) {
        Timer timer = later.remove(key);
        if (timer != null) {
            timer.cancel();
        }
    }

    private static boolean isRepair(String what) {
        return what.equals("up") || what.equals("start") || what.equals("thaw");
    }

    private static String opposite(String what) {
        return switch (what) {
            case "down" -> "up";
            case "up" -> "down";
            case "crash" -> "start";
            case "start" -> "crash";
            case "freeze" -> "thaw";
            default -> "freeze";
        };
    }

    private void undo(Node node, String what, String key) {
        later.remove(key);
        try {
            carryOut(node, what, Long.MAX_VALUE);
        } catch (IOException e) {
            // The books say so, so a process that comes back will have it so.
            LOG.warn("{} of {}: {}", what, node.name(), e.getMessage());
        }
    }

    private void carryOut(Node node, String what, long untilNanos) throws IOException {
        Cause cause = new Cause(Cause.OPERATOR.number(), untilNanos);
        switch (what) {
            case "down" -> keeper.links().fail(node, FailureMode.DOWN, cause);
            case "up" -> keeper.links().restore(node, cause);
            case "crash" -> keeper.nodes().crash(node, cause);
            case "start" -> keeper.nodes().start(node, cause);
            case "freeze" -> keeper.nodes().freeze(node, cause);
            case "thaw" -> keeper.nodes().thaw(node, cause);
            default -> throw new IllegalArgumentException("no order: " + what);
        }
    }
}
