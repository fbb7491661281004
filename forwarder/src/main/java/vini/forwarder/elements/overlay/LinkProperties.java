package vini.forwarder.elements.overlay;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.net.Quantity;

/** What a link does to packets that it carries, and how that is written. */
final class LinkProperties {
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    /** One way. */
    long delayNanos;

    /** Width of the uniform extra delay. */
    long jitterNanos;

    /** Shares of the packets, 0-1. */
    double loss;

    double duplicate;
    double corrupt;
    double reorder;

    /** In bits per second; 0 is no limit. */
    long rate;

    /** How many packets wait for the rate. */
    int queueMax = Link.QUEUE_PACKETS;

    void configure(Arguments arguments) throws ConfigException {
        delayNanos = arguments.keyword("DELAY", LinkProperties::time, 0L);
        jitterNanos = arguments.keyword("JITTER", LinkProperties::time, 0L);
        loss = arguments.keyword("LOSS", LinkProperties::share, 0.0);
        duplicate = arguments.keyword("DUPLICATE", LinkProperties::share, 0.0);
        corrupt = arguments.keyword("CORRUPT", LinkProperties::share, 0.0);
        reorder = arguments.keyword("REORDER", LinkProperties::share, 0.0);
        rate = arguments.keyword("RATE", LinkProperties::rate, 0L);
        queueMax = arguments.keyword("QUEUE", LinkProperties::packets, Link.QUEUE_PACKETS);
    }

    /** Whether packets pass as they come. */
    boolean arePlain() {
        return rate == 0
                && delayNanos == 0
                && jitterNanos == 0
                && loss == 0
                && duplicate == 0
                && corrupt == 0;
    }

    /**
     * Changes one of them.
     *
     * @throws IllegalArgumentException with a sentence for the user; nothing has changed
     */
    void set(String property, String value) {
        switch (property) {
            case "delay" -> delayNanos = time(value);
            case "jitter" -> jitterNanos = time(value);
            case "loss" -> loss = share(value);
            case "duplicate" -> duplicate = share(value);
            case "corrupt" -> corrupt = share(value);
            case "reorder" -> reorder = share(value);
            case "rate" -> rate = rate(value);
            case "queue" -> queueMax = packets(value);
            default ->
                    throw new IllegalArgumentException(
                            "\""
                                    + property
                                    + "\" is not delay, jitter, loss, rate, queue, duplicate,"
                                    + " corrupt or reorder");
        }
    }

    /** {@code 10Mbps}, {@code none}. */
    String rateText() {
        return rate == 0 ? "none" : Quantity.ofBitsPerSecond(rate);
    }

    private static double share(String text) {
        return Quantity.fraction(text.strip());
    }

    private static long time(String text) {
        long nanos = Quantity.nanos(text.strip());
        if (nanos > HOUR_NANOS) {
            throw new IllegalArgumentException("\"" + text.strip() + "\" is more than an hour");
        }
        return nanos;
    }

    private static long rate(String text) {
        if (text.strip().equals("none")) {
            return 0;
        }
        long rate = Quantity.bitsPerSecond(text.strip());
        if (rate == 0) {
            throw new IllegalArgumentException(
                    "\"" + text.strip() + "\" is no rate: \"none\" is no limit");
        }
        return rate;
    }

    private static int packets(String text) {
        int packets = Integer.parseInt(text.strip());
        if (packets < 1 || packets > Link.QUEUE_PACKETS_MAX) {
            throw new IllegalArgumentException(packets + " is outside 1-" + Link.QUEUE_PACKETS_MAX);
        }
        return packets;
    }
}
