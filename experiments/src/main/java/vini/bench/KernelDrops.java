package vini.bench;

import vini.overlay.host.NetworkNamespace;

import java.io.IOException;
import java.util.List;

/** What the kernel has dropped in a namespace, of which nobody else keeps books. */
final class KernelDrops {
    private static final String PREFIX = "Udp: ";
    private static final String COLUMN = "RcvbufErrors";
    private static final int SECONDS = 10;
    private static final int RECEIVED_DROPPED = 4;
    private static final int SENT_DROPPED = 12;

    private KernelDrops() {}

    /** Datagrams that found the buffer of their socket full, since the namespace was made. */
    static long ofSockets(NetworkNamespace namespace) throws IOException, InterruptedException {
        return ofSockets(Program.run(namespace, SECONDS, "cat", "/proc/self/net/snmp"));
    }

    /** Packets that a device could not queue in either direction, since it was made. */
    static long ofDevice(NetworkNamespace namespace, String device)
            throws IOException, InterruptedException {
        return ofDevice(Program.run(namespace, SECONDS, "cat", "/proc/self/net/dev"), device);
    }

    /** A line of the device's name, then 8 columns received and 8 sent; drops are the fourth. */
    static long ofDevice(String dev, String device) throws IOException {
        for (String line : dev.lines().toList()) {
            String[] fields = line.strip().split("[: ]+", -1);
            if (fields.length > SENT_DROPPED && fields[0].equals(device)) {
                return Long.parseLong(fields[RECEIVED_DROPPED])
                        + Long.parseLong(fields[SENT_DROPPED]);
            }
        }
        throw new IOException("/proc/net/dev does not tell of " + device);
    }

    /** The column of that name in proc_net_snmp(5): a line of names, then one of values. */
    static long ofSockets(String snmp) throws IOException {
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
