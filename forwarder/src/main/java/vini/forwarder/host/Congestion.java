package vini.forwarder.host;

import java.util.Locale;

/** How a TCP sender finds out how much the network takes. */
public enum Congestion {
    /** RFC 9438. */
    CUBIC("cubic"),
    /** RFC 5681 and RFC 6582. */
    NEWRENO("reno");

    private final String kernelName;

    Congestion(String kernelName) {
        this.kernelName = kernelName;
    }

    /** As Linux calls it in {@code TCP_CONGESTION}. */
    public String kernelName() {
        return kernelName;
    }

    /** As a user writes it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that a user names so; an {@link IllegalArgumentException} says which there are. */
    public static Congestion of(String text) {
        for (Congestion one : values()) {
            if (one.text().equals(text)) {
                return one;
            }
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is no congestion control: use cubic or newreno");
    }
}
