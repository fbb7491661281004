package vini.routing.ospf;

import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a router of area 0 is told at its start.
 *
 * @param routerId not 0.0.0.0
 * @param stubs prefixes at this node, announced with metric 0: the node's own /32 as a rule
 * @param helloNanos whole seconds, 1-65535; equal at both ends of a link
 * @param deadNanos whole seconds, longer than the hello interval; equal at both ends
 * @param retransmitNanos RxmtInterval; below 3 s BIRD's delayed acknowledgements come too late
 */
public record OspfConfig(
        Ipv4Address routerId,
        List<Prefix> stubs,
        List<OspfInterface> interfaces,
        long helloNanos,
        long deadNanos,
        long retransmitNanos) {
    /** RxmtInterval as FRR and BIRD have it. */
    public static final long RETRANSMIT_NANOS = 5_000_000_000L;

    private static final long SECOND = 1_000_000_000L;

    public OspfConfig {
        stubs = List.copyOf(stubs);
        interfaces = List.copyOf(interfaces);
        if (routerId.bits() == 0) {
            throw new IllegalArgumentException("the router id must not be 0.0.0.0");
        }
        checkSeconds("hello interval", helloNanos, 65535);
        checkSeconds("dead interval", deadNanos, Integer.MAX_VALUE);
        if (deadNanos <= helloNanos) {
            throw new IllegalArgumentException(
                    "the dead interval must be longer than the hello interval");
        }
        if (retransmitNanos <= 0) {
            throw new IllegalArgumentException("the retransmit interval must be positive");
        }
        checkUnique(interfaces);
    }

    /** A configuration with the usual RxmtInterval of 5 s. */
    public OspfConfig(
            Ipv4Address routerId,
            List<Prefix> stubs,
            List<OspfInterface> interfaces,
            long helloNanos,
            long deadNanos) {
        this(routerId, stubs, interfaces, helloNanos, deadNanos, RETRANSMIT_NANOS);
    }

    int helloSeconds() {
        return (int) (helloNanos / SECOND);
    }

    int deadSeconds() {
        return (int) (deadNanos / SECOND);
    }

    private static void checkSeconds(String what, long nanos, long max) {
        if (nanos < SECOND || nanos % SECOND != 0 || nanos / SECOND > max) {
            throw new IllegalArgumentException(
                    "the "
                            + what
                            + " must be whole seconds of 1-"
                            + max
                            + ", because OSPF packets carry it so; found "
                            + nanos
                            + " ns");
        }
    }

    private static void checkUnique(List<OspfInterface> interfaces) {
        Set<Object> seen = new LinkedHashSet<>();
        for (OspfInterface one : interfaces) {
            if (!seen.add(one.link()) || !seen.add(one.local())) {
                throw new IllegalArgumentException(
                        "link " + one.link() + " (" + one.local() + ") is there twice");
            }
        }
    }
}
