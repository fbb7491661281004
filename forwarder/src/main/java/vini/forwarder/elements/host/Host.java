package vini.forwarder.elements.host;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.io.Errno;
import vini.forwarder.io.PacketCalls;
import vini.forwarder.io.TunDevice;

import java.io.IOException;

/**
 * The node's kernel host: a tun device in a network namespace, for real programs. Packets pushed in
 * are written to the device, and what programs send comes out. The device may be there already
 * (persistent, with addresses); else it is made.
 *
 * <pre>{@code
 * host :: Host(DEVICE vini0, NETNS /proc/4711/fd/20);
 * host -> CheckIPHeader -> ...; fib[0] -> host;
 * }</pre>
 *
 * <ul>
 *   <li>DEVICE: the device's name (default {@code vini0})
 *   <li>NETNS: the network namespace of the device
 *   <li>TYPE: {@code tun} (default) for IP packets, or {@code tap} for an Ethernet device, whose
 *       frames come out and are taken as they are, so that ARP is the graph's business
 *   <li>MTU: the longest IP packet that is read, 68 to 65535 bytes (default 1500); a frame has its
 *       header in addition
 * </ul>
 */
@AutoService(Element.class)
@ElementClass(name = "Host", processing = "h/h")
public final class Host extends Element {
    private static final int MTU_MIN = 68;
    private static final int MTU_MAX = 65_535;

    /** An Ethernet header with a tag of IEEE 802.1Q. */
    private static final int ETHER_BYTES = 18;

    /** After this many packets the other descriptors of the loop get their turn. */
    private static final int ROUND = 2 * Batch.CAPACITY;

    private String device = "";
    private String namespace = "";
    private boolean isTap;
    private int mtu;

    /** The longest packet or frame that is read. */
    private int bytesMax;

    private @Nullable TunDevice tun;
    private int descriptor;
    private Runnable watch = () -> {};
    private Counter sent = new Counter();
    private Counter delivered = new Counter();

    @SuppressWarnings("NullAway.Init") // the following are set by initialize
    private DropCounter hostFull;

    @SuppressWarnings("NullAway.Init")
    private DropCounter hostDown;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        device = arguments.keyword("DEVICE", name -> name, "vini0");
        namespace = arguments.keyword("NETNS", path -> path, "");
        isTap = arguments.keyword("TYPE", Host::isTap, false);
        mtu = arguments.keyword("MTU", Integer::valueOf, 1500);
        if (mtu < MTU_MIN || mtu > MTU_MAX) {
            throw new ConfigException("MTU " + mtu + " is outside " + MTU_MIN + "-" + MTU_MAX);
        }
        bytesMax = isTap ? mtu + ETHER_BYTES : mtu;
    }

    private static boolean isTap(String type) {
        if (!type.equals("tun") && !type.equals("tap")) {
            throw new IllegalArgumentException("'" + type + "' is neither tun nor tap");
        }
        return type.equals("tap");
    }

    @Override
    protected void initialize() throws ConfigException {
        sent = sent();
        delivered = delivered();
        hostFull = drops("hostFull");
        hostDown = drops("hostDown");
        Loop.Io io = loop().io();
        if (io == null) {
            throw new ConfigException("it needs a device, which the virtual world has not");
        }
        try {
            String where = namespace.isEmpty() ? null : namespace;
            TunDevice attached =
                    isTap
                            ? TunDevice.attachTap(where, device)
                            : TunDevice.attach(where, device, TunDevice.Offload.NONE);
            tun = attached;
            descriptor = attached.fd();
        } catch (IOException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
        watch = io.watch(descriptor, this::receive);
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            long result = PacketCalls.write(descriptor, packet.address(), packet.length());
            if (result >= 0) {
                delivered.increment();
                packet.kill();
            } else if (result == -Errno.EAGAIN || result == -Errno.ENOBUFS) {
                hostFull.drop(packet);
            } else {
                hostDown.drop(packet);
            }
        }
        batch.recycle();
    }

    private void receive() {
        for (int i = 0; i < ROUND; i++) {
            Packet packet = loop().packets().allocate(bytesMax);
            long length = PacketCalls.read(descriptor, packet.address(), packet.length());
            if (length <= 0) {
                packet.kill();
                if (length != -Errno.EAGAIN) {
                    // The device is gone with its namespace; its descriptor would wake us forever.
                    watch.run();
                    watch = () -> {};
                }
                break;
            }
            packet.truncate((int) length);
            sent.increment();
            output(0).add(packet);
        }
        flushOutputs();
    }

    @Override
    protected void close() {
        if (tun != null) {
            watch.run();
            try {
                tun.close();
            } catch (IOException e) {
                throw new IllegalStateException("closing " + device, e);
            }
            tun = null;
        }
    }
}
