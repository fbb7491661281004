package vini.forwarder.host;

import java.util.Locale;

/** What a {@link BuiltinStack} counts; each is also a line of its counters' text. */
public enum HostCounter {
    PACKETS_IN,
    PACKETS_OUT,
    /** Shorter than its header says, wrong version, or a wrong header checksum. */
    BAD_IP,
    NOT_FOR_US,
    /** Fragments are not reassembled: links of a slice have one MTU. */
    FRAGMENT,
    UNKNOWN_PROTOCOL,
    BAD_ICMP,
    ECHO_ANSWERED,
    /** An echo reply or an ICMP error for nobody who is still there. */
    ICMP_FOR_NOBODY,
    BAD_UDP,
    UDP_PORT_CLOSED,
    BAD_TCP,
    /** A segment for no connection and no listener; a reset answered it if it could. */
    TCP_PORT_CLOSED,
    /** A SYN when the table or the listener's backlog was full. */
    TCP_TABLE_FULL,
    TCP_RETRANSMITTED,
    TCP_TIMEOUT,
    TCP_FAST_RETRANSMIT,
    TCP_DUPLICATE_ACK_IN,
    /** An acknowledgment with SACK blocks that said something new. */
    TCP_SACK_IN,
    /** An acknowledgment of ours with SACK blocks. */
    TCP_SACK_OUT,
    /** Something that had been sent again was found to be lost without the timer. */
    TCP_REPETITION_LOST,
    /** A peer that waits for what it had acknowledged selectively (RFC 2018 8). */
    TCP_SACK_RENEGED,
    /** Sequence outside the window, or an old timestamp (RFC 7323 5.3). */
    TCP_UNACCEPTABLE,
    /** RFC 5961: a reset, SYN or acknowledgment that looks blind. */
    TCP_CHALLENGED,
    TCP_OUT_OF_ORDER,
    /** An out-of-order segment that would have made one gap too many. */
    TCP_OUT_OF_ORDER_FULL,
    /** A packet that came while another was being sent, when too many waited already. */
    REENTRANT_FULL,
    /** An answer (reset, ICMP error, challenge) that was withheld by its rate limit. */
    ANSWER_LIMITED;

    /** As in {@code tcp_retransmitted}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
