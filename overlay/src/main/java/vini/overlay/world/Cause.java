package vini.overlay.world;

/**
 * Why a link is not as it should be. What is changed for a cause ends with it and leaves alone what
 * others have caused: where several causes want something of a link, the newest counts.
 *
 * @param number tells causes of a slice apart; 0 is the operator's
 * @param untilNanos when it is over at the latest, on the world's clock, even if nobody is left who
 *     could say so; {@link Long#MAX_VALUE} for never
 */
public record Cause(long number, long untilNanos) {
    /** A decision that stands until another one is made; it takes all others' failures back. */
    public static final Cause OPERATOR = new Cause(0, Long.MAX_VALUE);

    public boolean isOperator() {
        return number == OPERATOR.number;
    }
}
