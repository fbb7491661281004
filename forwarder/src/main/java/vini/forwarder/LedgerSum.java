package vini.forwarder;

import java.util.Map;
import java.util.TreeMap;

/** The books of many graphs in one, without the places: a few lines however many graphs. */
final class LedgerSum {
    private final Map<String, Long> drops = new TreeMap<>();
    private long sent;
    private long delivered;
    private long between;

    /** Adds the books of one graph. */
    void add(long itsSent, long itsDelivered, long itsTunnelled, long itsUntunnelled) {
        sent += itsSent;
        delivered += itsDelivered;
        between += itsTunnelled - itsUntunnelled;
    }

    /** Adds what one place of it has dropped. */
    void drop(String reason, long number) {
        if (number > 0) {
            drops.merge(reason, number, Long::sum);
        }
    }

    /**
     * One line a row: {@code sent N}, {@code delivered N}, {@code between N} (tunnelled and not yet
     * got from a tunnel), {@code in_use N}, then {@code drop REASON N}.
     */
    String text(long inUse) {
        StringBuilder text = new StringBuilder();
        text.append("sent ").append(sent).append('\n');
        text.append("delivered ").append(delivered).append('\n');
        text.append("between ").append(between).append('\n');
        text.append("in_use ").append(inUse).append('\n');
        drops.forEach(
                (reason, number) ->
                        text.append("drop ")
                                .append(reason)
                                .append(' ')
                                .append(number)
                                .append('\n'));
        return text.toString();
    }
}
