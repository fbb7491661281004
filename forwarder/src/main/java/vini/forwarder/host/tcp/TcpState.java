package vini.forwarder.host.tcp;

/** The states of RFC 9293 3.3.2, but for LISTEN, which is a {@link Listener}. */
enum TcpState {
    SYN_SENT,
    SYN_RECEIVED,
    ESTABLISHED,
    FIN_WAIT_1,
    FIN_WAIT_2,
    CLOSE_WAIT,
    CLOSING,
    LAST_ACK,
    TIME_WAIT,
    CLOSED;

    /** What moves a connection on; resets, timeouts and aborts lead to CLOSED from anywhere. */
    enum Event {
        /** The handshake is done. */
        SYN_ACKED,
        /** The program sends no more; our FIN is queued behind its data. */
        SHUTDOWN,
        /** The peer has acknowledged our FIN. */
        FIN_ACKED,
        /** The peer's FIN has come in order. */
        FIN_RECEIVED
    }

    /** RFC 9293 figure 5; an event that means nothing in a state leaves it as it is. */
    TcpState after(Event event) {
        return switch (event) {
            case SYN_ACKED -> this == SYN_SENT || this == SYN_RECEIVED ? ESTABLISHED : this;
            case SHUTDOWN ->
                    switch (this) {
                        case ESTABLISHED -> FIN_WAIT_1;
                        case CLOSE_WAIT -> LAST_ACK;
                        default -> this;
                    };
            case FIN_ACKED ->
                    switch (this) {
                        case FIN_WAIT_1 -> FIN_WAIT_2;
                        case CLOSING -> TIME_WAIT;
                        case LAST_ACK -> CLOSED;
                        default -> this;
                    };
            case FIN_RECEIVED ->
                    switch (this) {
                        case ESTABLISHED -> CLOSE_WAIT;
                        case FIN_WAIT_1 -> CLOSING;
                        case FIN_WAIT_2 -> TIME_WAIT;
                        default -> this;
                    };
        };
    }

    /** Whether the program may still write. */
    boolean maySend() {
        return this == ESTABLISHED || this == CLOSE_WAIT;
    }

    /** Whether the peer's data is still wanted. */
    boolean mayReceive() {
        return this == ESTABLISHED || this == FIN_WAIT_1 || this == FIN_WAIT_2;
    }
}
