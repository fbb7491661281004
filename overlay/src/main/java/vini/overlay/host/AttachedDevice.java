package vini.overlay.host;

import vini.forwarder.io.Errno;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.TunDevice;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A device by which the machine itself is in a slice: it has an address of the slice, and the
 * machine's routes to the slice lead there. It is persistent, so that it outlives a forwarder, and
 * gone when it is closed or this process was killed.
 */
public final class AttachedDevice implements AutoCloseable {
    /** No more than {@link TunDevice#NAME_BYTES_MAX}, and nothing that a shell or Click minds. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,14}");

    /** Folders of settings for all devices, which none can have for itself. */
    private static final List<String> NO_DEVICES = List.of("all", "default");

    /** The machine's main table, of this process's network namespace. */
    private static final Path ROUTES = Path.of("/proc/self/net/route");

    private static final int DESTINATION_AT = 1;
    private static final int MASK_AT = 7;

    private final Afterwards removal;

    private AttachedDevice(Afterwards removal) {
        this.removal = removal;
    }

    /**
     * Checks that a device of that name could be made in this process's network namespace.
     *
     * @throws IllegalArgumentException with a sentence for the user: it is no name for a device, or
     *     there is one
     */
    public static void check(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\""
                            + name
                            + "\" is no name for a device: a letter, then letters, digits, - and"
                            + " _, at most "
                            + TunDevice.NAME_BYTES_MAX
                            + " characters");
        }
        if (NO_DEVICES.contains(name) || EgressDevice.isName(name)) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is set apart; choose another name, such as \"lab0\"");
        }
        if (exists(name)) {
            throw new IllegalArgumentException(
                    "the machine has a device \"" + name + "\" already; choose another name");
        }
    }

    private static boolean exists(String name) throws IOException {
        try (Rtnetlink rtnetlink = Rtnetlink.open(null)) {
            return rtnetlink.index(name) > 0;
        } catch (LibcException e) {
            if (e.errno() == Errno.ENODEV) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Makes the device, in this process's network namespace.
     *
     * @param name which {@link #check} lets pass
     * @param address the machine's address in the slice
     * @param ways what the machine sends by the device
     * @param metric of these routes: each device of a slice has another, 0 for the first
     * @param own the slice's other devices, which lead the same ways
     * @throws MachineException the machine does not allow it, or has another way to the slice;
     *     nothing is left then
     */
    public static AttachedDevice create(
            String name,
            Ipv4Address address,
            List<Prefix> ways,
            int metric,
            Collection<String> own,
            int mtuBytes)
            throws IOException {
        for (Prefix way : ways) {
            checkWay(way, own);
        }
        try (TunDevice device = attach(name);
                Rtnetlink rtnetlink = Rtnetlink.open(null)) {
            AttachedDevice made =
                    new AttachedDevice(Afterwards.of("ip link delete \"$1\"", List.of(name)));
            try {
                device.persist(true);
                int index = rtnetlink.index(name);
                quietIpv6(name);
                EgressDevice.size(rtnetlink, index, mtuBytes);
                rtnetlink.addAddress(index, address, address.bitLength(), null);
                rtnetlink.up(index);
                for (Prefix way : ways) {
                    rtnetlink.addRoute(way, index, null, address, metric);
                }
                return made;
            } catch (IOException e) {
                made.close();
                throw e;
            }
        }
    }

    private static TunDevice attach(String name) throws IOException {
        try {
            return TunDevice.attach(null, name, TunDevice.Offload.VIRTIO);
        } catch (LibcException e) {
            throw new MachineException(
                    "a device of the machine needs the right CAP_NET_ADMIN, which the slice's"
                            + " keeper does not have; start the slice as root (sudo vini up). "
                            + Capabilities.reason(e),
                    e);
        }
    }

    /** Refuses a way for which another device than these has a route already. */
    private static void checkWay(Prefix way, Collection<String> own) throws IOException {
        for (String row : Files.readAllLines(ROUTES)) {
            String[] word = row.strip().split("\\s+", -1);
            if (word.length > MASK_AT
                    && !own.contains(word[0])
                    && word[MASK_AT].matches("[0-9A-F]{8}")
                    && bits(word[DESTINATION_AT]) == ((Ipv4Address) way.address()).bits()
                    && bits(word[MASK_AT]) == Ipv4Address.mask(way.length())) {
                throw new MachineException(
                        "the machine has a route to "
                                + way
                                + " already, by "
                                + word[0]
                                + "; give the topology another \"prefix\" or \"users\"");
            }
        }
    }

    /** The kernel prints the bytes of an address as if they were a number of its own. */
    private static int bits(String hex) {
        int number = Integer.parseUnsignedInt(hex, 16);
        return ByteOrder.nativeOrder().equals(ByteOrder.BIG_ENDIAN)
                ? number
                : Integer.reverseBytes(number);
    }

    /** No solicitations, which the slice would drop; without IPv6 there are none. */
    private static void quietIpv6(String name) throws LibcException {
        try {
            NetworkNamespace.writeSysctl("ipv6/conf/" + name + "/disable_ipv6", "1");
        } catch (LibcException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    /** The device goes, with its address and routes. */
    @Override
    public void close() throws IOException {
        removal.close();
    }
}
