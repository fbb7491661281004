package vini.forwarder.elements.egress;

import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.SocketMessage;

/** The options of a socket by which its packets travel as a user's did; set where they change. */
final class TravelOptions {
    private static final int IP_TOS = 1;
    private static final int IP_TTL = 2;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IP_PMTUDISC_DONT = 0;
    private static final int IP_PMTUDISC_DO = 2;
    private static final int UNKNOWN = -1;

    private final int fd;
    private int mtuDiscovery = UNKNOWN;
    private int ttl = UNKNOWN;
    private int tos = UNKNOWN;

    TravelOptions(int fd) {
        this.fd = fd;
    }

    void set(Outside.Travel how) {
        int wanted = how.mayNotBeCut() ? IP_PMTUDISC_DO : IP_PMTUDISC_DONT;
        try {
            if (wanted != mtuDiscovery) {
                Libc.setsockopt(fd, SocketMessage.SOL_IP, IP_MTU_DISCOVER, wanted);
                mtuDiscovery = wanted;
            }
            if (how.ttl() != ttl) {
                Libc.setsockopt(fd, SocketMessage.SOL_IP, IP_TTL, how.ttl());
                ttl = how.ttl();
            }
            if (how.tos() != tos) {
                Libc.setsockopt(fd, SocketMessage.SOL_IP, IP_TOS, how.tos());
                tos = how.tos();
            }
        } catch (LibcException e) {
            throw new IllegalStateException("an option that every socket has", e);
        }
    }
}
