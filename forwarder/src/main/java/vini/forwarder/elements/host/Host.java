package vini.forwarder.elements.host;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.io.Errno;
import vini.forwarder.io.PacketCalls;
import vini.forwarder.io.TunDevice;
import vini.forwarder.offload.TunReader;
import vini.forwarder.offload.TunWriter;

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
 *   <li>OFFLOAD: whether the kernel hands over up to 64 KB of a flow as one unit, which is cut into
 *       packets here, and gets packets of a flow put together again (default true; a tap device has
 *       none). The packets are the same.
 * </ul>
 */
@AutoService(Element.class)
@ElementClass(
        name = "Host",
        processing = "h/h",
        partialChecksums = PartialChecksums.MADE,
        drops = {"hostBad", "hostDown", "hostFull"})
public final class Host extends Element {
    private static final int MTU_MIN = 68;
    private static final int MTU_MAX = 65_535;

    /** After this many units of up to 64 KB the other descriptors of the loop get their turn. */
    private static final int UNITS = 8;

    /** An Ethernet header with a tag of IEEE 802.1Q. */
    private static final int ETHER_BYTES = 18;

    /** After this many packets the other descriptors of the loop get their turn. */
    private static final int ROUND = 2 * Batch.CAPACITY;

    private String device = "";
    private String namespace = "";
    private boolean isTap;
    private int mtu;
    private boolean offload;

    /** The longest packet or frame that is read. */
    private int bytesMax;

    private @Nullable TunDevice tun;

    /** With offload only. */
    private @Nullable TunWriter writer;

    private @Nullable TunReader reader;

    /** Whether what was pushed is to be written after the present event. */
    private boolean writes;

    private final Runnable flushes = this::flush;

    private int descriptor;
    private Loop.@Nullable Io io;
    private Runnable watch = () -> {};
    private Counter sent = new Counter();
    private Counter delivered = new Counter();

    @SuppressWarnings("NullAway.Init") // the following are set by initialize
    private DropCounter hostBad;

    @SuppressWarnings("NullAway.Init")
    private DropCounter hostFull;

    @SuppressWarnings("NullAway.Init")
    private DropCounter hostDown;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        device = arguments.keyword("DEVICE", name -> name, "vini0");
        namespace = arguments.keyword("NETNS", path -> path, "");
        isTap = arguments.keyword("TYPE", Host::isTap, false);
        offload = arguments.keyword("OFFLOAD", ArgumentTypes::bool, true) && !isTap;
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
        hostBad = drops("hostBad");
        io = loop().io();
        if (io == null) {
            throw new ConfigException("it needs a device, which the virtual world has not");
        }
        Host before = predecessor(Host.class);
        if (before != null && goesOn(before)) {
            return;
        }
        try {
            String where = namespace.isEmpty() ? null : namespace;
            TunDevice attached =
                    isTap
                            ? TunDevice.attachTap(where, device)
                            : TunDevice.attach(
                                    where,
                                    device,
                                    offload ? TunDevice.Offload.VIRTIO : TunDevice.Offload.NONE);
            serve(attached, io);
        } catch (IOException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private void serve(TunDevice attached, Loop.Io events) {
        tun = attached;
        descriptor = attached.fd();
        if (offload) {
            writer = new TunWriter(descriptor, attached.segmentsUdp(), this::written);
            reader = new TunReader(descriptor, loop().packets(), events.scratch(), this::emit);
        }
        watch = events.watch(descriptor, offload ? this::receiveUnits : this::receive);
    }

    private boolean goesOn(Host before) {
        return before.tun != null
                && before.isTap == isTap
                && before.offload == offload
                && before.device.equals(device)
                && before.namespace.equals(namespace);
    }

    @Override
    protected void takeState(Element old) {
        Host other = (Host) old;
        TunDevice attached = other.tun;
        if (io != null && attached != null && goesOn(other)) {
            other.flush();
            other.watch.run();
            other.watch = () -> {};
            other.tun = null;
            serve(attached, io);
        }
    }

    @Override
    public void push(int port, Batch batch) {
        if (writer != null && io != null && !writes) {
            writes = true;
            io.afterThis(flushes);
        }
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            if (writer != null) {
                writer.add(packet);
            } else {
                written(packet, PacketCalls.write(descriptor, packet.address(), packet.length()));
            }
        }
        batch.recycle();
    }

    private void flush() {
        writes = false;
        if (writer != null) {
            writer.flush();
        }
    }

    private void written(Packet packet, long result) {
        if (result >= 0) {
            delivered.increment();
            packet.kill();
        } else if (result == -Errno.EAGAIN || result == -Errno.ENOBUFS) {
            hostFull.drop(packet);
        } else {
            hostDown.drop(packet);
        }
    }

    private void receiveUnits() {
        for (int i = 0; i < UNITS && reader != null && tun != null; i++) {
            TunReader.Read read = reader.read();
            if (read == TunReader.Read.GONE) {
                stopWatching();
            } else if (read == TunReader.Read.BAD) {
                sent.increment();
                hostBad.count(1);
            }
            if (read == TunReader.Read.GONE || read == TunReader.Read.NOTHING) {
                break;
            }
            // By and by, so that the bytes of a unit are in a cache when they are sent.
            flushOutputs();
        }
    }

    private void emit(Packet packet) {
        sent.increment();
        output(0).add(packet);
    }

    /** A device that is gone with its namespace would wake us for ever. */
    private void stopWatching() {
        watch.run();
        watch = () -> {};
    }

    private void receive() {
        for (int i = 0; i < ROUND && tun != null; i++) {
            Packet packet = loop().packets().allocate(bytesMax);
            long length = PacketCalls.read(descriptor, packet.address(), packet.length());
            if (length <= 0) {
                packet.kill();
                if (length != -Errno.EAGAIN) {
                    stopWatching();
                }
                break;
            }
            packet.truncate((int) length);
            emit(packet);
        }
        flushOutputs();
    }

    @Override
    protected void close() {
        if (writer != null) {
            writer.close();
            writer = null;
        }
        if (reader != null) {
            reader.close();
            reader = null;
        }
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
