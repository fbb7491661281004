package vini.vpn.wireguard;

/**
 * The keys of one handshake, for packets both ways (paper, 5.4.5 and 5.4.6): counters of what was
 * sent, the window of what came, and an age. It belongs to one thread.
 */
public final class Session {
    /** What {@link #open} says of a message whose counter has come or is too old. */
    static final int REPLAYED = -2;

    /** Which end began the handshake: only that one begins the next for reasons of age. */
    enum Role {
        INITIATOR,
        RESPONDER
    }

    private final Aead aead;
    private final Peer peer;
    private final Role role;
    private final int index;
    private final int theirIndex;
    private final SessionKey send;
    private final SessionKey receive;
    private final long sinceNanos;
    private final ReplayWindow window = new ReplayWindow();
    private long counter;

    /** Whether we have asked for the next one because this one gets old, as its receiver. */
    private boolean asked;

    Session(
            Aead aead,
            Peer peer,
            Role role,
            int index,
            int theirIndex,
            SessionKey send,
            SessionKey receive,
            long sinceNanos) {
        this.aead = aead;
        this.peer = peer;
        this.role = role;
        this.index = index;
        this.theirIndex = theirIndex;
        this.send = send;
        this.receive = receive;
        this.sinceNanos = sinceNanos;
    }

    /** With whom. */
    public Peer peer() {
        return peer;
    }

    /** By which index the peer's messages find it. */
    int index() {
        return index;
    }

    boolean isInitiator() {
        return role == Role.INITIATOR;
    }

    long ageNanos(long now) {
        return now - sinceNanos;
    }

    /** How many messages were sent. */
    long sent() {
        return counter;
    }

    /** True the first time only. */
    boolean asksFirst() {
        boolean first = !asked;
        asked = true;
        return first;
    }

    /**
     * Makes a message of {@code length} bytes that stand in {@code data} behind {@link
     * Messages#TRANSPORT_HEADER_BYTES}; there must be room for the tag behind them.
     *
     * @return the length of the message, which begins at 0
     */
    int seal(byte[] data, int length) {
        Messages.transport(data, theirIndex, counter);
        aead.seal(send, counter++, data, Messages.TRANSPORT_HEADER_BYTES, length);
        return length + Messages.TRANSPORT_EXTRA_BYTES;
    }

    /**
     * Makes of a message what was in it, which then stands behind {@link
     * Messages#TRANSPORT_HEADER_BYTES}.
     *
     * @param most counters from here on are refused, {@link Times#rejectAfterMessages}
     * @return its length, or {@link Aead#FORGED} or {@link #REPLAYED}
     */
    int open(byte[] message, int length, long most) {
        long number = Messages.counter(message);
        if (Long.compareUnsigned(number, most) >= 0 || !window.isNew(number)) {
            return REPLAYED;
        }
        int at = Messages.TRANSPORT_HEADER_BYTES;
        int opened = aead.open(receive, number, message, at, length - at);
        if (opened != Aead.FORGED) {
            window.accept(number);
        }
        return opened;
    }

    /** Makes the keys be forgotten. */
    void forget() {
        send.destroy();
        receive.destroy();
    }
}
