package vini.experiment;

/**
 * How links have kept time from t = 0 until a reading, see {@link
 * vini.overlay.world.World#punctuality}.
 *
 * @param timeS when it was taken
 * @param released packets that have left a link
 * @param late those of them that were late
 * @param worstNanos how late at most
 * @param halfNanos at most so late was half of them
 * @param mostNanos at most so late were 99 % of them
 */
record LinksReading(
        double timeS, long released, long late, long worstNanos, long halfNanos, long mostNanos) {
    private static final int WORDS = 6;

    /** At t = 0. */
    static final LinksReading START = new LinksReading(0, 0, 0, 0, 0, 0);

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException it is another one
     */
    static LinksReading of(double timeS, String text) {
        String[] word = text.strip().split(" ", -1);
        if (word.length != WORDS) {
            throw new IllegalArgumentException(text);
        }
        return new LinksReading(
                timeS,
                Long.parseLong(word[0]),
                Long.parseLong(word[1]),
                Long.parseLong(word[2]),
                Long.parseLong(word[3]),
                Long.parseLong(word[4]));
    }

    /** Of the packets, 0-1. */
    double lateShare() {
        return released == 0 ? 0 : (double) late / released;
    }
}
