package vini.overlay.host;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.Errno;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.TunDevice;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The device by which packets leave an egress for the machine's stack, and by which answers to the
 * egress' address come back: persistent, so that it outlives a forwarder, and gone when it is
 * closed or this process was killed. The machine owns no address of it, so its own stack never
 * answers in the egress' place.
 */
public final class EgressDevice implements AutoCloseable {
    private static final int SEGMENTATION_BYTES_MAX = 60_000;
    private static final int QUEUE_PACKETS = 10_000;

    /** The slice's number on the machine, then the egress' in the slice. */
    private static final Pattern NAME = Pattern.compile("vini[0-9]+e[0-9]+");

    private final @Nullable String namespace;
    private final String name;

    /** Where the device would outlive this process: at the machine itself. */
    private final @Nullable Afterwards removal;

    private EgressDevice(@Nullable String namespace, String name, @Nullable Afterwards removal) {
        this.namespace = namespace;
        this.name = name;
        this.removal = removal;
    }

    /**
     * Makes the device and the route to it.
     *
     * @param namespace a path to its network namespace; null: this process's
     * @param name at most 15 characters
     * @param address the egress', which the machine routes to the device
     */
    public static EgressDevice create(
            @Nullable String namespace, String name, Ipv4Address address, int mtuBytes)
            throws IOException {
        Afterwards removal =
                namespace == null ? Afterwards.of("ip link delete \"$1\"", List.of(name)) : null;
        EgressDevice made = new EgressDevice(namespace, name, removal);
        made.removeLeftover();
        try (TunDevice device = TunDevice.attach(namespace, name, TunDevice.Offload.VIRTIO);
                Rtnetlink rtnetlink = Rtnetlink.open(namespace)) {
            device.persist(true);
            try {
                int index = rtnetlink.index(name);
                size(rtnetlink, index, mtuBytes);
                rtnetlink.up(index);
                rtnetlink.addRoute(Prefix.host(address), index, null, null);
            } catch (IOException e) {
                made.close();
                throw e;
            }
            return made;
        }
    }

    /** Gives a tun device of a slice the sizes of its packets, super-packets and queue. */
    static void size(Rtnetlink rtnetlink, int index, int mtuBytes) throws LibcException {
        rtnetlink.mtu(index, mtuBytes);
        rtnetlink.segmentationMax(index, SEGMENTATION_BYTES_MAX);
        rtnetlink.queueLength(index, QUEUE_PACKETS);
    }

    /** Whether a slice may take that name for one of its egresses by itself. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Of a keeper that was killed: nobody else has this slice's number now. */
    private void removeLeftover() throws IOException {
        try (Rtnetlink rtnetlink = Rtnetlink.open(namespace)) {
            rtnetlink.delete(rtnetlink.index(name));
        } catch (LibcException e) {
            if (e.errno() != Errno.ENODEV) {
                throw e;
            }
        }
    }

    public String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        if (removal != null) {
            removal.close();
            return;
        }
        try (Rtnetlink rtnetlink = Rtnetlink.open(namespace)) {
            rtnetlink.delete(rtnetlink.index(name));
        }
    }
}
