package vini.forwarder.elements.ip;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Handlers;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What an element that checks headers has refused: how many packets, on the user's wish how many
 * for each reason, and a line for the user about the first one, or about each.
 */
public final class Refusals {
    private final List<String> reasons;
    private final Counter all;
    private final List<Counter> byReason;
    private final boolean verbose;
    private final boolean details;
    private Consumer<String> chatter = line -> {};

    private Refusals(
            List<String> reasons, boolean verbose, boolean details, Supplier<Counter> counter) {
        this.reasons = reasons;
        this.all = counter.get();
        this.byReason = Stream.generate(counter).limit(reasons.size()).toList();
        this.verbose = verbose;
        this.details = details;
    }

    /** Reads the keywords VERBOSE and DETAILS. */
    public static Refusals read(
            Arguments arguments, List<String> reasons, Supplier<Counter> counter)
            throws ConfigException {
        boolean verbose = arguments.keyword("VERBOSE", ArgumentTypes::bool, false);
        boolean details = arguments.keyword("DETAILS", ArgumentTypes::bool, false);
        return new Refusals(reasons, verbose, details, counter);
    }

    /** Says where lines for the user go. */
    public void chatter(Consumer<String> to) {
        chatter = to;
    }

    /** Counts a packet that is refused for the reason of that number. */
    public void count(int reason) {
        if (verbose || all.value() == 0) {
            chatter.accept(reasons.get(reason));
        }
        all.increment();
        byReason.get(reason).increment();
    }

    /** Adds {@code drops}, and {@code drop_details} if it was wished. */
    public void handlers(Handlers handlers) {
        handlers.read("drops", all::value);
        if (details) {
            handlers.read("drop_details", this::text);
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < reasons.size(); i++) {
            text.append(byReason.get(i).value()).append('\t').append(reasons.get(i)).append('\n');
        }
        return text.toString();
    }
}
