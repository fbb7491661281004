package vini.cli;

import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.Sockaddr;
import vini.net.Ipv4Address;

/**
 * Sends one train of three datagrams over loopback, and sees whether it arrives as one: the fast
 * path of tunnels.
 */
final class UdpOffloadTrial {
    private static final String WHAT = "UDP_SEGMENT, UDP_GRO";
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    private static final int UDP_GRO = 104;
    private static final int SEGMENT_BYTES = 100;
    private static final int SEGMENTS = 3;
    private static final Ipv4Address LOOPBACK = Ipv4Address.parse("127.0.0.1");

    private UdpOffloadTrial() {}

    static Finding run() {
        try {
            int receiver = socket();
            int sender = socket();
            try {
                Libc.bind(receiver, Sockaddr.ip(LOOPBACK, 0));
                Libc.setsockopt(receiver, SOL_UDP, UDP_GRO, 1);
                Libc.setsockopt(sender, SOL_UDP, UDP_SEGMENT, SEGMENT_BYTES);
                Libc.connect(sender, Sockaddr.ip(LOOPBACK, Libc.port(receiver)));
                Libc.send(sender, new byte[SEGMENTS * SEGMENT_BYTES], 0);
                int bytes = Libc.recv(receiver, new byte[2 * SEGMENTS * SEGMENT_BYTES], 0);
                return bytes == SEGMENTS * SEGMENT_BYTES
                        ? new Finding(
                                WHAT,
                                Finding.State.OK,
                                "tunnels send and receive up to 64 KB by one call")
                        : new Finding(
                                WHAT, Finding.State.LOW, "sent as one, but received one by one");
            } finally {
                Libc.close(sender);
                Libc.close(receiver);
            }
        } catch (LibcException e) {
            return new Finding(
                    WHAT, Finding.State.NO, e.getMessage() + ": packets are sent one by one");
        }
    }

    private static int socket() throws LibcException {
        return Libc.socket(Sockaddr.AF_INET, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
    }
}
