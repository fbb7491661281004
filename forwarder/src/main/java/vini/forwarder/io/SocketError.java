package vini.forwarder.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/**
 * Why a datagram did not arrive: {@code struct sock_extended_err} of linux/errqueue.h.
 *
 * @param errno the number that a system call returned, or will
 * @param isIcmp whether an ICMP message says so; else it is this machine
 * @param type of ICMP
 * @param code of ICMP
 * @param info the next hop's MTU, if errno is {@link Errno#EMSGSIZE}
 * @param offender the IPv4 address of who sent the message; 0 if nobody
 */
public record SocketError(int errno, boolean isIcmp, int type, int code, int info, int offender) {
    static final int BYTES = 16;

    private static final int ORIGIN_ICMP = 2;
    private static final int ORIGIN_AT = 4;
    private static final int TYPE_AT = 5;
    private static final int CODE_AT = 6;
    private static final int INFO_AT = 8;

    /** Behind the structure: a {@code struct sockaddr_in}. */
    private static final int OFFENDER_ADDRESS_AT = BYTES + 4;

    static SocketError read(MemorySegment from, long at, long length) {
        boolean named =
                length >= OFFENDER_ADDRESS_AT + Integer.BYTES
                        && from.get(JAVA_SHORT, at + BYTES) == Sockaddr.AF_INET;
        return new SocketError(
                from.get(JAVA_INT, at),
                from.get(JAVA_BYTE, at + ORIGIN_AT) == ORIGIN_ICMP,
                from.get(JAVA_BYTE, at + TYPE_AT) & 0xff,
                from.get(JAVA_BYTE, at + CODE_AT) & 0xff,
                from.get(JAVA_INT, at + INFO_AT),
                named ? Integer.reverseBytes(from.get(JAVA_INT, at + OFFENDER_ADDRESS_AT)) : 0);
    }
}
