package vini.forwarder.host;

import vini.net.wire.WireException;

/** The counters of one stack. */
@SuppressWarnings("EnumOrdinal") // an array by enum on the packet path; no index leaves this class
public final class HostCounters {
    private static final HostCounter[] ALL = HostCounter.values();

    private final long[] values = new long[ALL.length];
    private String lastMalformed = "";

    public void add(HostCounter counter) {
        values[counter.ordinal()]++;
    }

    /** Counts a packet that broke its format and keeps the reason of the latest. */
    public void malformed(HostCounter counter, WireException reason) {
        add(counter);
        lastMalformed = String.valueOf(reason.getMessage());
    }

    public long get(HostCounter counter) {
        return values[counter.ordinal()];
    }

    /** The reason of the latest malformed packet, or empty. */
    public String lastMalformed() {
        return lastMalformed;
    }

    /** One line {@code name value} for each that is not zero, in the order of the enum. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (HostCounter counter : ALL) {
            if (get(counter) > 0) {
                text.append(counter.text()).append(' ').append(get(counter)).append('\n');
            }
        }
        return text.toString();
    }
}
