package vini.forwarder.filter;

/** From where a test counts bytes, and at which number that begins in Click's printed programs. */
public enum Base {
    /** The first byte of the packet: {@code Classifier}. */
    PACKET(0),
    /** The first byte of the IP header. */
    NETWORK(256),
    /** The first byte after the IP header and its options. */
    TRANSPORT(512),
    /** Two bytes before the link header, so that its two addresses end with whole words. */
    LINK(0);

    private final int printed;

    Base(int printed) {
        this.printed = printed;
    }

    int printed() {
        return printed;
    }
}
