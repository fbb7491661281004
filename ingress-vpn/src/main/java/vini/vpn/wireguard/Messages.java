package vini.vpn.wireguard;

import io.netty.buffer.ByteBuf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The four messages of WireGuard (Donenfeld, "WireGuard: Next Generation Kernel Network Tunnel",
 * 5.4.2-5.4.7): their sizes in bytes, and where their fields stand. All numbers are little-endian.
 */
public final class Messages {
    public static final int INITIATION = 1;
    public static final int RESPONSE = 2;
    public static final int COOKIE_REPLY = 3;
    public static final int TRANSPORT = 4;

    // What the fields are made of.
    public static final int KEY_BYTES = 32;
    public static final int TAG_BYTES = 16;
    public static final int MAC_BYTES = 16;
    public static final int TIMESTAMP_BYTES = 12;
    public static final int COOKIE_NONCE_BYTES = 24;

    // All messages: type, and three bytes of zero that are read as part of it.
    private static final int TYPE_AT = 0;
    private static final int SENDER_AT = 4;

    // 5.4.2, first message: initiator to responder
    static final int INITIATION_EPHEMERAL_AT = 8;
    static final int INITIATION_STATIC_AT = INITIATION_EPHEMERAL_AT + KEY_BYTES;
    static final int INITIATION_TIMESTAMP_AT = INITIATION_STATIC_AT + KEY_BYTES + TAG_BYTES;
    static final int INITIATION_MACS_AT = INITIATION_TIMESTAMP_AT + TIMESTAMP_BYTES + TAG_BYTES;
    public static final int INITIATION_BYTES = INITIATION_MACS_AT + 2 * MAC_BYTES;

    // 5.4.3, second message: responder to initiator
    private static final int RESPONSE_RECEIVER_AT = 8;
    static final int RESPONSE_EPHEMERAL_AT = 12;
    static final int RESPONSE_EMPTY_AT = RESPONSE_EPHEMERAL_AT + KEY_BYTES;
    static final int RESPONSE_MACS_AT = RESPONSE_EMPTY_AT + TAG_BYTES;
    public static final int RESPONSE_BYTES = RESPONSE_MACS_AT + 2 * MAC_BYTES;

    // 5.4.7, under load
    private static final int RECEIVER_AT = 4;
    static final int COOKIE_NONCE_AT = 8;
    static final int COOKIE_AT = COOKIE_NONCE_AT + COOKIE_NONCE_BYTES;
    public static final int COOKIE_REPLY_BYTES = COOKIE_AT + MAC_BYTES + TAG_BYTES;

    // 5.4.6, subsequent messages
    private static final int COUNTER_AT = 8;
    public static final int TRANSPORT_HEADER_BYTES = 16;

    /** What a packet grows by, its padding aside. */
    public static final int TRANSPORT_EXTRA_BYTES = TRANSPORT_HEADER_BYTES + TAG_BYTES;

    /** A message without a packet in it. */
    public static final int KEEPALIVE_BYTES = TRANSPORT_EXTRA_BYTES;

    /** Packets are made longer to a multiple of this, so that their length tells less. */
    public static final int PADDING_BYTES = 16;

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Messages() {}

    /** The type if the message has the length of that type; else 0. */
    public static int type(byte[] message, int length) {
        if (length < KEEPALIVE_BYTES || length > message.length) {
            return 0;
        }
        int type = (int) INTS.get(message, TYPE_AT);
        return hasLength(type, length) ? type : 0;
    }

    /** Whether a message of that type may be so long. */
    public static boolean hasLength(int type, int length) {
        return switch (type) {
            case INITIATION -> length == INITIATION_BYTES;
            case RESPONSE -> length == RESPONSE_BYTES;
            case COOKIE_REPLY -> length == COOKIE_REPLY_BYTES;
            case TRANSPORT -> length >= KEEPALIVE_BYTES;
            default -> false;
        };
    }

    /** Where the two MACs of a handshake message stand; the first covers what is before it. */
    static int macsAt(byte[] handshake) {
        return handshake.length - 2 * MAC_BYTES;
    }

    /** Whether a handshake message has a second MAC: it is all zeros where there is no cookie. */
    static boolean showsCookie(byte[] handshake) {
        int at = handshake.length - MAC_BYTES;
        return ((long) LONGS.get(handshake, at) | (long) LONGS.get(handshake, at + Long.BYTES))
                != 0;
    }

    /** The index by which the sender of an initiation or response knows the session. */
    static int sender(byte[] handshake) {
        return (int) INTS.get(handshake, SENDER_AT);
    }

    /** The index by which the receiver of a response knows the handshake. */
    static int responseReceiver(byte[] response) {
        return (int) INTS.get(response, RESPONSE_RECEIVER_AT);
    }

    /** The index by which the receiver of a cookie reply or of data knows the session. */
    static int receiver(byte[] message) {
        return (int) INTS.get(message, RECEIVER_AT);
    }

    static long counter(ByteBuf transport, int at) {
        return transport.getLongLE(at + COUNTER_AT);
    }

    /** An initiation whose other fields are zero. */
    static byte[] initiation(int sender) {
        byte[] message = new byte[INITIATION_BYTES];
        INTS.set(message, TYPE_AT, INITIATION);
        INTS.set(message, SENDER_AT, sender);
        return message;
    }

    /** A response whose other fields are zero. */
    static byte[] response(int sender, int receiver) {
        byte[] message = new byte[RESPONSE_BYTES];
        INTS.set(message, TYPE_AT, RESPONSE);
        INTS.set(message, SENDER_AT, sender);
        INTS.set(message, RESPONSE_RECEIVER_AT, receiver);
        return message;
    }

    /** The part of a cookie reply's nonce that is the cipher's; the rest makes the key. */
    static long cookieCounter(byte[] reply) {
        return (long) LONGS.get(reply, COOKIE_NONCE_AT + HChaCha20.INPUT_BYTES);
    }

    /** A cookie reply whose other fields are zero. */
    static byte[] cookieReply(int receiver) {
        byte[] message = new byte[COOKIE_REPLY_BYTES];
        INTS.set(message, TYPE_AT, COOKIE_REPLY);
        INTS.set(message, RECEIVER_AT, receiver);
        return message;
    }

    /** Writes what stands before the encrypted packet. */
    static void transport(ByteBuf to, int at, int receiver, long counter) {
        to.setIntLE(at + TYPE_AT, TRANSPORT);
        to.setIntLE(at + RECEIVER_AT, receiver);
        to.setLongLE(at + COUNTER_AT, counter);
    }

    /** The type of a message in the memory of a packet, read as a little-endian number. */
    public static int swapped(int bigEndian) {
        return Integer.reverseBytes(bigEndian);
    }
}
