package vini.forwarder.elements.napt;

/** Why a packet is not translated. */
enum Refusal {
    /** Nobody of the inside has the endpoint that it is for, or it cannot begin a mapping. */
    NO_MAPPING("noMapping", false),
    /** The mapping does not let its sender in. */
    FILTERED("filtered", false),
    /** Its source is not of the inside. */
    NOT_INSIDE("notInside", false),
    /** It came from outside with a source that only this NAPT has. */
    SPOOFED("spoofedSource", false),
    /** Its sender has as many sessions as a user may have, all in use. */
    USER_LIMIT("userLimit", true),
    /** There are as many mappings as there may be, all in use. */
    FULL("mappingsFull", true),
    /** All ports are taken, by mappings in use. */
    NO_PORT("noPort", true);

    private final String reason;
    private final boolean exhausted;

    Refusal(String reason, boolean exhausted) {
        this.reason = reason;
        this.exhausted = exhausted;
    }

    /** The name of its drop counter. */
    String reason() {
        return reason;
    }

    /** Whether it is for want of room, of which the sender is told: RFC 5508 REQ-8. */
    boolean isExhaustion() {
        return exhausted;
    }
}
