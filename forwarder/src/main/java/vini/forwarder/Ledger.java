package vini.forwarder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The books of one graph: packets that began in it, packets that ended well in it, packets that it
 * dropped, and packets that it handed to a tunnel or got from one. Over all graphs of a slice sent
 * = delivered + dropped + in flight, and what tunnels sent but did not get was lost in between.
 */
public final class Ledger {
    private final List<Counter> sent = new ArrayList<>();
    private final List<Counter> delivered = new ArrayList<>();
    private final List<Counter> tunnelled = new ArrayList<>();
    private final List<Counter> untunnelled = new ArrayList<>();
    private final Map<String, List<DropCounter>> drops = new LinkedHashMap<>();

    Counter sent() {
        return in(sent);
    }

    Counter delivered() {
        return in(delivered);
    }

    Counter tunnelled() {
        return in(tunnelled);
    }

    Counter untunnelled() {
        return in(untunnelled);
    }

    DropCounter drops(String element, String reason, Trace trace) {
        DropCounter counter =
                new DropCounter(
                        reason,
                        trace.isOn() ? packet -> trace.drops(packet, element, reason) : null);
        drops.computeIfAbsent(element, e -> new ArrayList<>()).add(counter);
        return counter;
    }

    /** Whether packets may end at that element. */
    boolean mayDropAt(String element) {
        return drops.containsKey(element);
    }

    /** How many packets that element has dropped, for whatever reason. */
    long droppedAt(String element) {
        return drops.getOrDefault(element, List.of()).stream().mapToLong(DropCounter::value).sum();
    }

    private static Counter in(List<Counter> list) {
        Counter counter = new Counter();
        list.add(counter);
        return counter;
    }

    private static long total(List<Counter> counters) {
        return counters.stream().mapToLong(Counter::value).sum();
    }

    /** Goes on where the books of a graph end that this one replaces. */
    void carryOn(Ledger before) {
        sent().add(total(before.sent));
        delivered().add(total(before.delivered));
        tunnelled().add(total(before.tunnelled));
        untunnelled().add(total(before.untunnelled));
        before.drops.forEach(
                (element, counters) ->
                        drops.computeIfAbsent(element, e -> new ArrayList<>()).addAll(counters));
    }

    /**
     * What is wrong with the books: packets that came (sent, untunnelled) less those that ended
     * (delivered, tunnelled, dropped) and those that are {@code held}; 0 when all is well.
     */
    public long imbalance(long held) {
        long dropped = dropped().values().stream().mapToLong(Long::longValue).sum();
        return total(sent)
                + total(untunnelled)
                - total(delivered)
                - total(tunnelled)
                - dropped
                - held;
    }

    /** Dropped packets by reason, in alphabetical order. */
    public Map<String, Long> dropped() {
        Map<String, Long> byReason = new TreeMap<>();
        drops.values().stream()
                .flatMap(List::stream)
                .filter(drop -> drop.value() > 0)
                .forEach(drop -> byReason.merge(drop.reason(), drop.value(), Long::sum));
        return byReason;
    }

    /**
     * One line a row: {@code sent N}, {@code delivered N}, {@code tunnelled N}, {@code untunnelled
     * N}, then {@code drop ELEMENT REASON N} for each place where packets stopped.
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("sent ").append(total(sent)).append('\n');
        text.append("delivered ").append(total(delivered)).append('\n');
        text.append("tunnelled ").append(total(tunnelled)).append('\n');
        text.append("untunnelled ").append(total(untunnelled)).append('\n');
        drops.forEach(
                (element, counters) -> {
                    for (DropCounter drop : counters) {
                        if (drop.value() > 0) {
                            text.append("drop ").append(element).append(' ');
                            text.append(drop.reason()).append(' ');
                            text.append(drop.value()).append('\n');
                        }
                    }
                });
        return text.toString();
    }
}
