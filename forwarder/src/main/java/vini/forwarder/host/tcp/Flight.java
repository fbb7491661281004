package vini.forwarder.host.tcp;

/** What a sender has under way: RFC 9293 3.3.1's numbers, and how large its segments are. */
final class Flight {
    /** SND.UNA: the first sequence number that is not acknowledged. */
    long una;

    /** SND.NXT: what goes out next; after a timeout it goes back to {@link #una}. */
    long next;

    /** The highest that {@link #next} ever was: behind RFC 6675's HighData. */
    long max;

    /** Data bytes of a full segment: SMSS. */
    int mss;

    Flight(long initial, int mss) {
        this.una = initial;
        this.next = initial;
        this.max = initial;
        this.mss = mss;
    }

    /** RFC 5681's FlightSize. */
    long bytes() {
        return next - una;
    }
}
