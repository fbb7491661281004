package vini.forwarder.host.app;

/**
 * {@code exchange SEQ START END CONNECT FAILURE}: a request has its response, or never will.
 *
 * @param sequence number of the request, from 0
 * @param startNanos when the program wanted to send it
 * @param nanos when all of the response was there, or the request was given up
 * @param connectNanos how long the connection took to be made; 0 if there was one already
 * @param failure why there is no response; empty if there is one
 */
public record Exchange(
        long sequence, long startNanos, long nanos, long connectNanos, String failure)
        implements AppRecord {
    static final String WORD = "exchange";

    private static final int WORDS = 6;

    @Override
    public String line() {
        return (WORD + ' ' + sequence + ' ' + startNanos + ' ' + nanos + ' ' + connectNanos + ' ')
                .concat(failure)
                .stripTrailing();
    }

    static Exchange parse(String text) {
        String[] words = text.split(" ", WORDS);
        return new Exchange(
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                words.length < WORDS ? "" : words[WORDS - 1]);
    }
}
