package vini.forwarder.host.tcp;

import vini.net.wire.TcpOptions;

/**
 * Finds losses by the acknowledgments that come, and says what is sent again and when: {@link
 * SackRecovery} if the peer acknowledges selectively, else {@link NewRenoRecovery}. It holds no
 * data and sends nothing; it shares the {@link Flight} with its sender, who alone changes that.
 */
sealed interface Recovery permits NewRenoRecovery, SackRecovery {
    /** No sequence number. */
    long NOTHING = Scoreboard.NOTHING;

    /**
     * An acknowledgment has come, and SND.UNA is as it says.
     *
     * @param bytes that it newly acknowledges, or 0
     * @param duplicate whether it is one by RFC 5681 2
     * @param options of the segment
     * @return whether the congestion window may grow by those bytes
     */
    boolean acknowledged(long bytes, boolean duplicate, TcpOptions options);

    /** Whether a loss is being mended that acknowledgments told of. */
    boolean isRecovering();

    /** Whether an acknowledgment of new data sets the retransmission timer anew. */
    boolean restartsTimer();

    /** How many bytes may go out now; may be negative. */
    long room();

    /** What goes out again before anything else, or {@link #NOTHING}. */
    long nextLost();

    /** What goes out again if there is nothing new to send, or {@link #NOTHING}. */
    long nextDoubtful();

    /** The first sequence number from here on that the peer has not got. */
    long behindSacked(long sequence);

    /** The first sequence number from here on that the peer has got, or the largest long. */
    long nextSacked(long sequence);

    /** [from, to) leaves now, for the first time or again; SND.NXT is not yet moved. */
    void sent(long from, long to);

    /**
     * The retransmission timer fired: all is sent again from SND.UNA on.
     *
     * @param again for the same segment, which keeps the threshold (RFC 5681 3.1)
     */
    void timeout(boolean again);

    /** All is sent again from SND.UNA on, for another reason than loss. */
    void goBack();
}
