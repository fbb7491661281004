package vini.overlay.host;

import vini.forwarder.io.Errno;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.TunDevice;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.io.IOException;
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
     * @throws MachineException the machine does not allow it, or has another way to the slice;
     *     nothing is left then
     */
    public static AttachedDevice create(
            String name, Ipv4Address address, List<Prefix> ways, int metric, int mtuBytes)
            throws IOException {
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
                    lead(rtnetlink, index, address, way, metric);
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

    private static void lead(
            Rtnetlink rtnetlink, int index, Ipv4Address address, Prefix way, int metric)
            throws IOException {
        try {
            rtnetlink.addRoute(way, index, null, address, metric);
        } catch (LibcException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
            throw new MachineException(
                    "the machine has a route to "
                            + way
                            + " already, by another slice or a network of its own; give the"
                            + " topology another \"prefix\" or \"users\"",
                    e);
        }
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
