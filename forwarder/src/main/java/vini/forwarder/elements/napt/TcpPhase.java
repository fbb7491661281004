package vini.forwarder.elements.napt;

import vini.net.wire.TcpHeader;

/**
 * How far a TCP connection has come, by the flags that have passed: RFC 7857 section 2, whose
 * machine is that of RFC 6146 3.5.2. Sequence numbers are not looked at.
 */
enum TcpPhase {
    /** No connection: what UDP and ICMP have. */
    NONE,
    /** A SYN has gone out. */
    OPENING_OUT,
    /** A SYN has come in, and nothing of the inside has answered it. */
    OPENING_IN,
    /** Its beginning was not seen. */
    MIDSTREAM,
    ESTABLISHED,
    /** The inside has sent a FIN. */
    FIN_OUT,
    /** The outside has sent a FIN. */
    FIN_IN,
    /** Both have. */
    CLOSED,
    /** A reset was seen, which the other end may not believe. */
    RESET;

    private static final TcpPhase[] ALL = values();

    static TcpPhase of(int number) {
        return ALL[number];
    }

    /** Whether data may flow for hours with no packet in between. */
    boolean isEstablished() {
        return this == ESTABLISHED || this == FIN_OUT || this == FIN_IN;
    }

    boolean isClosing() {
        return this == CLOSED || this == RESET;
    }

    static boolean opens(int flags) {
        return (flags & (TcpHeader.SYN | TcpHeader.ACK | TcpHeader.RST)) == TcpHeader.SYN;
    }

    /** What an outbound segment begins, of which no session is known; not a reset. */
    static TcpPhase begun(int flags) {
        return (flags & TcpHeader.SYN) != 0 ? OPENING_OUT : MIDSTREAM;
    }

    /**
     * The phase after a segment.
     *
     * @param outbound whether the inside has sent it
     */
    TcpPhase next(boolean outbound, int flags) {
        if ((flags & TcpHeader.RST) != 0) {
            // Else strangers would hold a mapping by what the inside refuses.
            return this == OPENING_IN ? this : RESET;
        }
        boolean syn = (flags & TcpHeader.SYN) != 0;
        boolean fin = (flags & TcpHeader.FIN) != 0;
        return switch (this) {
            case OPENING_OUT -> !outbound && syn ? ESTABLISHED : this;
            case OPENING_IN -> outbound && syn ? ESTABLISHED : this;
            case MIDSTREAM -> outbound ? this : fin ? FIN_IN : ESTABLISHED;
            case ESTABLISHED -> !fin ? this : outbound ? FIN_OUT : FIN_IN;
            case FIN_OUT -> fin && !outbound ? CLOSED : this;
            case FIN_IN -> fin && outbound ? CLOSED : this;
            case CLOSED -> opens(flags) ? opening(outbound) : this;
            case RESET -> opens(flags) ? opening(outbound) : ESTABLISHED;
            case NONE -> this;
        };
    }

    private static TcpPhase opening(boolean outbound) {
        return outbound ? OPENING_OUT : OPENING_IN;
    }

    /**
     * Whether a segment that was met in this phase proves that the connection lives: not what comes
     * in and nobody answered yet, and no reset (RFC 7857 section 7.1), but the first one of a
     * connection that was established, from which on it is closing.
     */
    boolean isRefreshedBy(boolean outbound, int flags) {
        if ((flags & TcpHeader.RST) != 0) {
            return isEstablished();
        }
        return outbound || this != OPENING_IN;
    }
}
