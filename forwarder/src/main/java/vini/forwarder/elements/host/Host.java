package vini.forwarder.elements.host;

import com.google.auto.service.AutoService;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
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
import vini.forwarder.offload.Segmenter;
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
 * <p>MTU (default 1500) is the longest packet that is read. With OFFLOAD (default true) the kernel
 * hands over up to 64 KB of a flow as one unit, which is cut into packets here, and gets packets of
 * a flow put together again; packets are the same with and without.
 */
@AutoService(Element.class)
@ElementClass(name = "Host", processing = "h/h")
public final class Host extends Element {
    private static final int MTU_MIN = 68;
    private static final int MTU_MAX = 65_535;

    /** After this many units of up to 64 KB the other descriptors of the loop get their turn. */
    private static final int UNITS = 8;

    /** After this many packets the other descriptors of the loop get their turn. */
    private static final int ROUND = 2 * Batch.CAPACITY;

    private String device = "";
    private String namespace = "";
    private int mtu;
    private boolean offload;
    private @Nullable TunDevice tun;

    /** With offload only. */
    private @Nullable TunWriter writer;

    private final Segmenter segmenter = new Segmenter();

    /** Whether what was pushed is to be written after the present event. */
    private boolean writes;

    private int descriptor;
    private Runnable watch = () -> {};
    private Counter sent = new Counter();
    private Counter delivered = new Counter();

    @SuppressWarnings("NullAway.Init") // the following are set by initialize
    private Loop.Io io;

    @SuppressWarnings("NullAway.Init")
    private DropCounter hostBad;

    @SuppressWarnings("NullAway.Init")
    private DropCounter hostFull;

    @SuppressWarnings("NullAway.Init")
    private DropCounter hostDown;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        device = arguments.keyword("DEVICE", name -> name, "vini0");
        namespace = arguments.keyword("NETNS", path -> path, "");
        offload = arguments.keyword("OFFLOAD", ArgumentTypes::bool, true);
        mtu = arguments.keyword("MTU", Integer::valueOf, 1500);
        if (mtu < MTU_MIN || mtu > MTU_MAX) {
            throw new ConfigException("MTU " + mtu + " is outside " + MTU_MIN + "-" + MTU_MAX);
        }
    }

    @Override
    protected void initialize() throws ConfigException {
        sent = sent();
        delivered = delivered();
        hostFull = drops("hostFull");
        hostDown = drops("hostDown");
        hostBad = drops("hostBad");
        Loop.Io io = loop().io();
        if (io == null) {
            throw new ConfigException("it needs a device, which the virtual world has not");
        }
        try {
            TunDevice attached =
                    TunDevice.attach(
                            namespace.isEmpty() ? null : namespace,
                            device,
                            offload ? TunDevice.Offload.VIRTIO : TunDevice.Offload.NONE);
            tun = attached;
            descriptor = attached.fd();
            if (offload) {
                writer = new TunWriter(descriptor, attached.segmentsUdp(), this::written);
            }
        } catch (IOException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
        this.io = io;
        watch = io.watch(descriptor, offload ? this::receiveUnits : this::receive);
    }

    @Override
    public void push(int port, Batch batch) {
        if (writer != null && !writes) {
            writes = true;
            io.afterThis(this::flush);
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
        ByteBuf scratch = io.scratch();
        for (int i = 0; i < UNITS; i++) {
            long length = PacketCalls.read(descriptor, scratch.memoryAddress(), scratch.capacity());
            if (length <= 0) {
                endOfReading(length);
                break;
            }
            if (!segmenter.segment(scratch, 0, (int) length, loop().packets(), this::emit)) {
                sent.increment();
                hostBad.count(1);
            }
        }
        flushOutputs();
    }

    private void emit(Packet packet) {
        sent.increment();
        output(0).add(packet);
    }

    /** Nothing more now; or never: a device that is gone with its namespace would wake us again. */
    private void endOfReading(long result) {
        if (result != -Errno.EAGAIN) {
            watch.run();
            watch = () -> {};
        }
    }

    private void receive() {
        for (int i = 0; i < ROUND; i++) {
            Packet packet = loop().packets().allocate(mtu);
            long length = PacketCalls.read(descriptor, packet.address(), packet.length());
            if (length <= 0) {
                packet.kill();
                endOfReading(length);
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
