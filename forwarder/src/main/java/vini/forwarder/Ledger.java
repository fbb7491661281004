package vini.forwarder;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

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

    private DropWatcher watcher = (element, reason) -> null;

    /** Gives taps to the places where packets end. */
    interface DropWatcher {
        @Nullable Tap of(String element, String reason);
    }

    /** Those of the graph that this one has replaced, which may still write in them for a while. */
    private @Nullable Ledger before;

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
        counter.watch(watcher.of(element, reason));
        drops.computeIfAbsent(element, e -> new ArrayList<>(1)).add(counter);
        return counter;
    }

    /** From now on the taps of that one see what ends, also where nothing could end before. */
    void watch(DropWatcher newWatcher) {
        watcher = newWatcher;
        drops.forEach(
                (element, counters) ->
                        counters.forEach(
                                counter ->
                                        counter.watch(newWatcher.of(element, counter.reason()))));
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

    private long total(Function<Ledger, List<Counter>> kind) {
        long own = kind.apply(this).stream().mapToLong(Counter::value).sum();
        return before == null ? own : own + before.total(kind);
    }

    /**
     * Goes on where the books of a graph end that this one replaces.
     *
     * @param stays whether the element of that name is there as before, so that its counters go on
     */
    void carryOn(Ledger replaced, Predicate<String> stays) {
        replaced.closeThoseBefore();
        before = replaced;
        replaced.drops.forEach(
                (element, counters) -> {
                    List<DropCounter> own = drops.get(element);
                    if (own != null && stays.test(element)) {
                        counters.removeIf(counter -> goesOn(counter, own));
                    }
                });
    }

    private static boolean goesOn(DropCounter counter, List<DropCounter> in) {
        for (DropCounter next : in) {
            if (next.reason().equals(counter.reason())) {
                counter.goOnIn(next);
                return true;
            }
        }
        return false;
    }

    /** Takes over what the books before these say: nobody writes in them any more. */
    private void closeThoseBefore() {
        Ledger closed = before;
        if (closed == null) {
            return;
        }
        before = null;
        sent().add(closed.total(ledger -> ledger.sent));
        delivered().add(closed.total(ledger -> ledger.delivered));
        tunnelled().add(closed.total(ledger -> ledger.tunnelled));
        untunnelled().add(closed.total(ledger -> ledger.untunnelled));
        closed.drops.forEach(
                (element, counters) -> {
                    counters.removeIf(counter -> counter.value() == 0);
                    if (!counters.isEmpty()) {
                        drops.computeIfAbsent(element, e -> new ArrayList<>()).addAll(counters);
                    }
                });
    }

    /**
     * What is wrong with the books: packets that came (sent, untunnelled) less those that ended
     * (delivered, tunnelled, dropped) and those that are {@code held}; 0 when all is well.
     */
    public long imbalance(long held) {
        long dropped = dropped().values().stream().mapToLong(Long::longValue).sum();
        return total(ledger -> ledger.sent)
                + total(ledger -> ledger.untunnelled)
                - total(ledger -> ledger.delivered)
                - total(ledger -> ledger.tunnelled)
                - dropped
                - held;
    }

    /** Dropped packets by reason, in alphabetical order. */
    public Map<String, Long> dropped() {
        Map<String, Long> byReason = new TreeMap<>();
        byPlace()
                .forEach(
                        (place, number) ->
                                byReason.merge(
                                        place.substring(place.indexOf(' ') + 1),
                                        number,
                                        Long::sum));
        return byReason;
    }

    /** Dropped packets by {@code ELEMENT REASON}; places where none was dropped are left out. */
    private Map<String, Long> byPlace() {
        Map<String, Long> places = new LinkedHashMap<>();
        for (Ledger ledger = this; ledger != null; ledger = ledger.before) {
            ledger.drops.forEach(
                    (element, counters) -> {
                        for (DropCounter drop : counters) {
                            if (drop.value() > 0) {
                                places.merge(
                                        element + " " + drop.reason(), drop.value(), Long::sum);
                            }
                        }
                    });
        }
        return places;
    }

    /** Adds these books to those of others. */
    void addTo(LedgerSum sum) {
        sum.add(
                total(ledger -> ledger.sent),
                total(ledger -> ledger.delivered),
                total(ledger -> ledger.tunnelled),
                total(ledger -> ledger.untunnelled));
        for (Ledger ledger = this; ledger != null; ledger = ledger.before) {
            ledger.drops
                    .values()
                    .forEach(at -> at.forEach(drop -> sum.drop(drop.reason(), drop.value())));
        }
    }

    /**
     * One line a row: {@code sent N}, {@code delivered N}, {@code tunnelled N}, {@code untunnelled
     * N}, then {@code drop ELEMENT REASON N} for each place where packets stopped.
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("sent ").append(total(ledger -> ledger.sent)).append('\n');
        text.append("delivered ").append(total(ledger -> ledger.delivered)).append('\n');
        text.append("tunnelled ").append(total(ledger -> ledger.tunnelled)).append('\n');
        text.append("untunnelled ").append(total(ledger -> ledger.untunnelled)).append('\n');
        byPlace()
                .forEach(
                        (place, number) ->
                                text.append("drop ")
                                        .append(place)
                                        .append(' ')
                                        .append(number)
                                        .append('\n'));
        return text.toString();
    }
}
