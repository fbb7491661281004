package vini.forwarder.elements.napt;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.net.Quantity;
import vini.net.wire.Ipv4Header;

/** After which silence sessions end, in nanoseconds. */
public record Timeouts(long udp, long icmp, long established, long opening, long closing) {
    public static final long SECOND = 1_000_000_000L;

    private static final long UDP_MIN = 120 * SECOND;
    private static final long ICMP_MIN = 60 * SECOND;
    private static final long ESTABLISHED_MIN = 7440 * SECOND;
    private static final long TRANSITORY_MIN = 240 * SECOND;

    /** Decades: with any time of a clock the sum is no overflow. */
    private static final long MAX = 1L << 60;

    /** Reads the keywords; what is shorter than the RFCs allow needs SHORT_TIMEOUTS. */
    public static Timeouts of(Arguments arguments) throws ConfigException {
        boolean free = arguments.keyword("SHORT_TIMEOUTS", ArgumentTypes::bool, false);
        return new Timeouts(
                read(arguments, free, "UDP_TIMEOUT", UDP_MIN, 300 * SECOND),
                read(arguments, free, "ICMP_TIMEOUT", ICMP_MIN, ICMP_MIN),
                read(arguments, free, "TCP_TIMEOUT", ESTABLISHED_MIN, ESTABLISHED_MIN),
                read(arguments, true, "TCP_OPENING_TIMEOUT", 0, TRANSITORY_MIN),
                read(arguments, free, "TCP_CLOSING_TIMEOUT", TRANSITORY_MIN, TRANSITORY_MIN));
    }

    private static long read(
            Arguments arguments, boolean free, String keyword, long least, long otherwise)
            throws ConfigException {
        long nanos = arguments.keyword(keyword, ArgumentTypes::nanos, otherwise);
        if (nanos < least && !free) {
            throw new ConfigException(
                    keyword
                            + ": "
                            + Quantity.ofNanos(nanos)
                            + " is less than the RFC's "
                            + Quantity.ofNanos(least)
                            + "; for tests there is SHORT_TIMEOUTS true");
        }
        return Math.min(nanos, MAX);
    }

    /** How long a session of that protocol and phase lives without a packet. */
    long of(int protocol, TcpPhase phase) {
        if (protocol == Ipv4Header.UDP) {
            return udp;
        }
        if (protocol == Ipv4Header.ICMP) {
            return icmp;
        }
        return phase.isEstablished() ? established : phase.isClosing() ? closing : opening;
    }
}
