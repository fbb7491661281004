package vini.bench;

import vini.forwarder.io.Libc;
import vini.forwarder.io.Namespace;
import vini.forwarder.io.Sockaddr;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a device may do with more than one packet at a time: TSO, GSO and GRO, as {@code ethtool -K}
 * sets them. Checksums stay as they are.
 */
final class Offloads {
    private static final long SIOCETHTOOL = 0x8946;

    /** {@code struct ifreq}: the name, then the address of a {@code struct ethtool_value}. */
    private static final int IFREQ_BYTES = 40;

    private static final int IFREQ_DATA_AT = 16;

    /** ETHTOOL_STSO, ETHTOOL_SGSO and ETHTOOL_SGRO of linux/ethtool.h. */
    private static final List<Integer> COMMANDS = List.of(0x1f, 0x24, 0x2c);

    private Offloads() {}

    /** Turns them on or off for a device of a namespace. */
    static void set(String namespace, String device, boolean on) throws IOException {
        int socket =
                Namespace.within(
                        namespace, () -> Libc.socket(Sockaddr.AF_INET, Libc.SOCK_DGRAM, 0));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(2 * Integer.BYTES);
            for (int command : COMMANDS) {
                value.setAtIndex(ValueLayout.JAVA_INT, 0, command);
                value.setAtIndex(ValueLayout.JAVA_INT, 1, on ? 1 : 0);
                byte[] request =
                        ByteBuffer.allocate(IFREQ_BYTES)
                                .order(ByteOrder.nativeOrder())
                                .put(device.getBytes(StandardCharsets.US_ASCII))
                                .putLong(IFREQ_DATA_AT, value.address())
                                .array();
                Libc.ioctl(socket, "SIOCETHTOOL " + device, SIOCETHTOOL, request);
            }
        } finally {
            Libc.close(socket);
        }
    }
}
