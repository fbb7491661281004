package vini.routing.ospf;

import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.regex.Pattern;

/**
 * A destination outside that a router announces into the AS, RFC 2328 12.4.4: {@code 0.0.0.0/0} if
 * that is the whole Internet.
 *
 * @param prefix IPv4
 * @param metric 0-16777214
 * @param type2 whether the metric counts for more than any path inside (E2); else it is added to
 *     the cost of the path to the router that announces (E1)
 */
public record Announcement(Prefix prefix, int metric, boolean type2) {
    /** What FRR, BIRD and others give to a route of which nobody says more. */
    public static final int METRIC = 20;

    private static final int METRIC_MAX = 0xfffffe;
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,8}");

    public Announcement {
        if (!(prefix.address() instanceof Ipv4Address)) {
            throw new IllegalArgumentException(prefix + " in OSPFv2, which is for IPv4");
        }
        if (metric < 0 || metric > METRIC_MAX) {
            throw new IllegalArgumentException("metric " + metric + " is outside 0-" + METRIC_MAX);
        }
    }

    /**
     * Reads {@code PREFIX [METRIC] [type 1|2]}; without more it is {@code 20 type 2}. Throws {@link
     * IllegalArgumentException} with a sentence.
     */
    public static Announcement parse(String text) {
        String[] word = BLANKS.split(text.strip(), -1);
        int at = 1;
        int metric = METRIC;
        if (at < word.length && NUMBER.matcher(word[at]).matches()) {
            metric = Integer.parseInt(word[at++]);
        }
        boolean type2 = true;
        if (at + 1 < word.length && word[at].equals("type")) {
            type2 = !word[at + 1].equals("1");
            at += !type2 || word[at + 1].equals("2") ? 2 : 0;
        }
        if (at < word.length) {
            throw new IllegalArgumentException(
                    "'" + text.strip() + "' is not PREFIX [METRIC] [type 1|2]");
        }
        return new Announcement(Prefix.parse(word[0]), metric, type2);
    }

    @Override
    public String toString() {
        return prefix + " " + metric + " type " + (type2 ? 2 : 1);
    }
}
