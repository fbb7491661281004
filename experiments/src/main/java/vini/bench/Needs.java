package vini.bench;

import java.util.List;

/** What scenarios have need of together. */
final class Needs {
    private static final Need IP = Need.program("ip", "iproute2");
    private static final Need NSENTER = Need.program("nsenter", "util-linux");
    private static final Need IPERF = Need.program("iperf3", "iperf3");
    private static final Need PING = Need.program("ping", "iputils-ping");

    /** Namespaces, wires, and programs that load them. */
    static final List<Need> TESTBED = List.of(Need.NAMESPACES, IP, NSENTER, IPERF, PING);

    /** A slice with kernel hosts, and the same programs. */
    static final List<Need> SLICE = List.of(Need.NAMESPACES, NSENTER, IPERF, PING);

    private Needs() {}
}
