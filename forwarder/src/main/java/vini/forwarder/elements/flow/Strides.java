package vini.forwarder.elements.flow;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Handlers;

import java.util.List;

/**
 * The turns of a number of ports by stride scheduling: each gets its share by tickets. A port that
 * had nothing to give is neither owed for that time nor made to wait for it.
 */
final class Strides {
    static final int TICKETS_MAX = 1 << 15;

    private static final long STRIDE = 1L << 32;

    private final int[] tickets;
    private final long[] pass;
    private long now;

    Strides(int[] tickets) {
        this.tickets = tickets.clone();
        pass = new long[tickets.length];
        for (int i = 0; i < tickets.length; i++) {
            pass[i] = STRIDE / tickets[i];
        }
    }

    /** Reads one number of tickets for each port. */
    static Strides read(Arguments arguments, int ports) throws ConfigException {
        List<Integer> tickets = arguments.rest("TICKETS", Strides::tickets);
        if (tickets.size() != ports) {
            throw new ConfigException(
                    tickets.size() + " numbers of tickets for " + ports + " ports");
        }
        return new Strides(tickets.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int tickets(String text) {
        return ArgumentTypes.integer(1, TICKETS_MAX).apply(text);
    }

    /**
     * Whose turn it is of those that are not in {@code tried}, the lower number among equals; -1 if
     * all are.
     */
    int next(boolean[] tried) {
        int first = -1;
        for (int i = 0; i < pass.length; i++) {
            if (!tried[i] && (first < 0 || pass[i] < pass[first])) {
                first = i;
            }
        }
        return first;
    }

    /** Says that the port had its turn. */
    void serve(int port) {
        now = Math.max(now, pass[port]);
        pass[port] = now + STRIDE / tickets[port];
    }

    /** Goes on where another one is; ports that it has not had begin as they would at first. */
    void take(Strides other) {
        now = other.now;
        for (int i = 0; i < pass.length; i++) {
            pass[i] = i < other.pass.length ? other.pass[i] : now + STRIDE / tickets[i];
        }
    }

    /** Adds {@code tickets0}, {@code tickets1}, ... */
    void handlers(Handlers handlers) {
        for (int i = 0; i < tickets.length; i++) {
            int port = i;
            handlers.read("tickets" + port, () -> tickets[port]);
            handlers.write("tickets" + port, value -> tickets[port] = tickets(value));
        }
    }
}
