package vini.forwarder.elements.egress;

import vini.forwarder.elements.napt.Endpoint;

/**
 * What a user has open: one socket outside, and for which endpoint of the inside. There is an
 * object for each, unlike in a NAPT: beside what the kernel keeps for a socket it is small.
 */
abstract class Session {
    /** Why a session ends. */
    enum End {
        /** It was silent for too long. */
        TIMED_OUT,
        /** Another one takes its place. */
        EVICTED,
        /** The egress ends, or somebody has cleared it. */
        CLEARED
    }

    /** Address, port and protocol of the user. */
    final long inside;

    /** Its places in the orders of all and of its user. */
    final IdleOrder.Place ofAll = new IdleOrder.Place(this);

    final IdleOrder.Place ofUser = new IdleOrder.Place(this);

    private long usedNanos;

    Session(long inside, long usedNanos) {
        this.inside = inside;
        this.usedNanos = usedNanos;
    }

    int address() {
        return Endpoint.address(inside);
    }

    int port() {
        return Endpoint.port(inside);
    }

    /** It is used now. */
    final void use(long nowNanos) {
        usedNanos = nowNanos;
        ofAll.use();
        ofUser.use();
    }

    /** When it was used last, on the loop's clock. */
    long usedNanos() {
        return usedNanos;
    }

    /** Where it stands in its orders: they follow a use that nobody told of when somebody asks. */
    final long orderNanos() {
        return usedNanos;
    }

    /** After how long a silence it is over, in nanoseconds. */
    abstract long timeoutNanos();

    /** Closes its socket; it is in no table any more. */
    abstract void end(End why);

    /** Where it is seen outside and what it does, for people. */
    abstract String text();
}
