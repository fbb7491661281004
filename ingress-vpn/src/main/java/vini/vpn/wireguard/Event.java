package vini.vpn.wireguard;

/** What a {@link Device} counts. */
public enum Event {
    /** No message of WireGuard: its type or length. */
    MALFORMED,
    /** A handshake message that was not made for our public key. */
    WRONG_MAC,
    /** A handshake message while there were too many: a cookie was sent. */
    COOKIE_SENT,
    /** The same, but no cookie was sent: too many were, or the sender got one a moment ago. */
    COOKIE_WITHHELD,
    /** A source asked too often while there were too many. */
    RATE_LIMITED,
    /** There was no room for one more handshake message. */
    QUEUE_FULL,
    /** A handshake message that is forged, or from a key that leaves no secret. */
    FORGED_HANDSHAKE,
    /** An initiation of somebody whom we do not know. */
    UNKNOWN_PEER,
    /** An initiation that is not later than the last one: a replay. */
    STALE_INITIATION,
    /** A peer that begins handshakes too fast. */
    TOO_MANY_INITIATIONS,
    /** A response, a cookie or a packet for a session that we do not have. */
    UNKNOWN_INDEX,
    /** A cookie that was not for our last message. */
    FORGED_COOKIE,
    /** A cookie that came. */
    COOKIE_RECEIVED,
    /** A packet that is forged. */
    FORGED_PACKET,
    /** A packet whose counter came before, or is too old. */
    REPLAYED_PACKET,
    /** A packet under keys that are too old. */
    EXPIRED_KEYS,
    INITIATION_SENT,
    INITIATION_RECEIVED,
    RESPONSE_SENT,
    RESPONSE_RECEIVED,
    KEEPALIVE_SENT,
    KEEPALIVE_RECEIVED,
    /** A peer that went to another address or port, or speaks to another address of ours. */
    ROAMED,
    /** A peer that did not answer initiations. */
    GAVE_UP
}
