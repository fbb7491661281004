package vini.forwarder.host;

/** How a TCP connection came to its end. */
public enum TcpEnd {
    /** Both sides have sent and acknowledged their FIN. */
    CLOSED("closed"),
    /** Nobody listens there: a reset, or an ICMP error, answered the SYN. */
    REFUSED("refused"),
    /** The peer sent a reset. */
    RESET("reset by peer"),
    /** No way leads there, as the host's own system or a router says; kernel hosts only. */
    UNREACHABLE("unreachable"),
    /** Retransmissions were given up. */
    TIMED_OUT("timed out"),
    /** By {@link TcpConnection#abort}. */
    ABORTED("aborted"),
    /** The host's own system failed; kernel hosts only. */
    FAILED("failed");

    private final String text;

    TcpEnd(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
