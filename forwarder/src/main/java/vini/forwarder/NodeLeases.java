package vini.forwarder;

import vini.net.Quantity;
import vini.time.Clock;
import vini.time.Timer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * For how long nodes may be down or stand still, if nobody says otherwise until then: so a repair
 * is certain, even if whoever made them so is no more, or hangs. Lives on the clock's thread.
 */
public final class NodeLeases {
    /** Brings a node back. */
    public interface Repair {
        void repair(String node);
    }

    private final Clock clock;
    private final Repair repair;
    private final Timer timer;
    private final Map<String, Long> ends = new TreeMap<>();

    /** None at first. */
    public NodeLeases(Clock clock, Repair repair) {
        this.clock = clock;
        this.repair = repair;
        this.timer = clock.timer(this::work);
    }

    /**
     * These leases are there, and no others.
     *
     * @param text {@code NODE TIME ...}, such as {@code kscy 21s wash 3s}; blank for none
     * @throws IllegalArgumentException with a sentence for the user
     */
    public void write(String text) {
        Map<String, Long> next = new TreeMap<>();
        long now = clock.nowNanos();
        String[] word = text.isBlank() ? new String[0] : text.strip().split("\\s+", -1);
        if (word.length % 2 != 0) {
            throw new IllegalArgumentException("'" + text.strip() + "' is not NODE TIME ...");
        }
        for (int i = 0; i < word.length; i += 2) {
            next.put(word[i], now + Quantity.nanos(word[i + 1]));
        }
        ends.clear();
        ends.putAll(next);
        setTimer();
    }

    private void setTimer() {
        timer.cancel();
        ends.values().stream().mapToLong(end -> end).min().ifPresent(timer::at);
    }

    private void work() {
        long now = clock.nowNanos();
        List<String> over = new ArrayList<>();
        ends.forEach(
                (node, end) -> {
                    if (end <= now) {
                        over.add(node);
                    }
                });
        over.forEach(ends::remove);
        setTimer();
        over.forEach(repair::repair);
    }
}
