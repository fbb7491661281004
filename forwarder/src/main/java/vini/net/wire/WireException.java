package vini.net.wire;

/**
 * The peer's mistake: bytes that no sender should have sent. Counted and dropped by who catches it;
 * it has no stack trace, because it is made at the rate of hostile packets.
 */
public final class WireException extends Exception {
    public WireException(String message) {
        super(message, null, false, false);
    }
}
