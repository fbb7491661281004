package vini.forwarder.elements.egress;

/** Why a user gets nothing new; the graph's books name packets so. */
enum Refusal {
    /** There are as many sessions as there may be, and all are in use. */
    SESSIONS_FULL("sessionsFull"),
    /** The user has as many as it may have, and uses them. */
    USER_LIMIT("userLimit"),
    /** The process may open no more sockets. */
    NO_DESCRIPTOR("noDescriptor"),
    /** The machine gives this user of it no such socket. */
    NO_RIGHT("noRight");

    private final String reason;

    Refusal(String reason) {
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
