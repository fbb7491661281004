package vini.bench;

import vini.overlay.host.NetworkNamespace;

import java.io.IOException;
import java.util.List;

/** Datagrams that came to a namespace and found the buffer of their socket full. */
final class UdpOverflow {
    private static final String PREFIX = "Udp: ";
    private static final String COLUMN = "RcvbufErrors";
    private static final int SECONDS = 10;

    private UdpOverflow() {}

    /** All since the namespace was made. */
    static long of(NetworkNamespace namespace) throws IOException, InterruptedException {
        return parse(Program.run(namespace, SECONDS, "cat", "/proc/self/net/snmp"));
    }

    /** The column of that name in proc_net_snmp(5): a line of names, then one of values. */
    static long parse(String snmp) throws IOException {
        List<String[]> lines =
                snmp.lines()
                        .filter(line -> line.startsWith(PREFIX))
                        .map(line -> line.split(" ", -1))
                        .toList();
        int column = lines.size() == 2 ? List.of(lines.getFirst()).indexOf(COLUMN) : -1;
        if (column < 0) {
            throw new IOException("/proc/net/snmp does not tell " + COLUMN);
        }
        return Long.parseLong(lines.getLast()[column]);
    }
}
