package vini.vpn.wireguard;

import io.netty.buffer.ByteBuf;

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

    private final PacketCipher cipher;
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
            PacketCipher cipher,
            Peer peer,
            Role role,
            int index,
            int theirIndex,
            SessionKey send,
            SessionKey receive,
            long sinceNanos) {
        this.cipher = cipher;
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
     * Makes a message at {@code at} of {@code to} of {@code length} bytes of {@code plain}. These
     * may stand where they will be: behind {@link Messages#TRANSPORT_HEADER_BYTES} of the message.
     *
     * @return the length of the message
     */
    int seal(ByteBuf plain, int plainAt, int length, ByteBuf to, int at) {
        Messages.transport(to, at, theirIndex, counter);
        int dataAt = at + Messages.TRANSPORT_HEADER_BYTES;
        cipher.seal(send, counter++, plain, plainAt, length, to, dataAt);
        return length + Messages.TRANSPORT_EXTRA_BYTES;
    }

    /**
     * Makes of a message at {@code at} what was in it, which then stands behind {@link
     * Messages#TRANSPORT_HEADER_BYTES} of it.
     *
     * @param most counters from here on are refused, {@link Times#rejectAfterMessages}
     * @return its length, or {@link PacketCipher#FORGED} or {@link #REPLAYED}
     */
    int open(ByteBuf message, int at, int length, long most) {
        long number = Messages.counter(message, at);
        if (Long.compareUnsigned(number, most) >= 0 || !window.isNew(number)) {
            return REPLAYED;
        }
        int head = Messages.TRANSPORT_HEADER_BYTES;
        int opened = cipher.open(receive, number, message, at + head, length - head);
        if (opened != PacketCipher.FORGED) {
            window.accept(number);
        }
        return opened;
    }

    /** Makes the keys be forgotten. */
    void forget() {
        cipher.forget(send);
        cipher.forget(receive);
        send.destroy();
        receive.destroy();
    }
}
