package vini.forwarder.host.app;

import org.jspecify.annotations.Nullable;

import vini.net.Ipv4Address;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code path ROUND NANOS REACHED HOP...}: where the packets of one round of a trace ended, by
 * their TTL from 1 on; a hop is {@code ADDRESS/NANOS}, or {@code *} where nobody answered.
 *
 * @param nanos when the round began
 * @param reached whether the destination answered
 * @param hops up to the destination, or to the last that answered
 */
public record TracedPath(long round, long nanos, boolean reached, List<Hop> hops)
        implements AppRecord {
    static final String WORD = "path";

    private static final int FIRST_HOP = 4;
    private static final String NOBODY = "*";

    public TracedPath {
        hops = List.copyOf(hops);
    }

    /**
     * A hop.
     *
     * @param address null if nobody answered
     * @param nanos from the sending of the packet to the answer
     */
    public record Hop(@Nullable Ipv4Address address, long nanos) {
        @Override
        public String toString() {
            return address == null ? NOBODY : address + "/" + nanos;
        }

        static Hop parse(String text) {
            if (text.equals(NOBODY)) {
                return new Hop(null, 0);
            }
            int slash = text.indexOf('/');
            if (slash < 0) {
                throw new IllegalArgumentException("\"" + text + "\" is no hop");
            }
            return new Hop(
                    Ipv4Address.parse(text.substring(0, slash)),
                    Long.parseLong(text.substring(slash + 1)));
        }
    }

    @Override
    public String line() {
        StringBuilder line = new StringBuilder(WORD);
        line.append(' ').append(round).append(' ').append(nanos).append(' ').append(reached);
        hops.forEach(hop -> line.append(' ').append(hop));
        return line.toString();
    }

    static TracedPath parse(String text) {
        String[] words = text.split(" ", -1);
        List<Hop> hops = new ArrayList<>();
        for (int i = FIRST_HOP; i < words.length; i++) {
            hops.add(Hop.parse(words[i]));
        }
        return new TracedPath(
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Boolean.parseBoolean(words[3]),
                hops);
    }
}
