package vini.forwarder.elements.overlay;

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
import vini.forwarder.Handlers;
import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.PacketPool;
import vini.forwarder.io.Endpoint;
import vini.forwarder.io.Errno;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.PacketCalls;
import vini.forwarder.offload.PartialChecksum;
import vini.forwarder.offload.TrainReceiver;
import vini.forwarder.offload.TrainSender;
import vini.net.Ipv4Address;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * A tunnel through UDP: packets pushed in are sent from LOCAL to REMOTE as the payload of a
 * datagram each, and what comes from REMOTE is pushed out. The socket is connected, so that nobody
 * else is heard. Packets longer than MTU (default 1500) are dropped, both ways. With OFFLOAD
 * (default true) datagrams go through the kernel in units of up to 64 KB; on the wire they are the
 * same; a kernel without UDP_SEGMENT and UDP_GRO gets and hands over one by one.
 *
 * <p>With PARTIAL (default false), which both ends must have, TCP and UDP checksums that a host's
 * kernel has not completed stay so in the tunnel: the first bit of such a packet is set, which no
 * IP packet's is (others that have it are dropped). The outer checksum covers it all the same.
 * Without PARTIAL they are completed here.
 *
 * <p>With WATCH (a time; default: none) both ends tell each other that they are there: one that has
 * sent nothing for that long sends an empty datagram, a heartbeat, and one that has heard nothing
 * for three times as long says that its far end is silent (the process's handler {@code far_ends}).
 * Heartbeats are no packets: they are in no books, go no further and are not answered. Without
 * WATCH an empty datagram is dropped and counted.
 *
 * <pre>{@code
 * chin -> t :: UdpTunnel(127.77.0.7:4001, 127.77.0.4:4002); t -> Paint(0) -> ...;
 * }</pre>
 *
 * <p>Handlers (read): {@code offload}, whether many go by one call; {@code far_end}: {@code heard},
 * {@code silent}, or {@code unknown} if it is not watched, or not for long enough; {@code
 * heartbeats}: how many were sent and how many came.
 */
@AutoService(Element.class)
@ElementClass(
        name = "UdpTunnel",
        processing = "h/h",
        partialChecksums = PartialChecksums.MADE,
        drops = {"tunnelError", "tunnelFull", "tunnelNotIp", "tunnelRefused", "tunnelTooLong"})
public final class UdpTunnel extends Element implements Heartbeats.Tunnel {
    /**
     * UDP over loopback has no back-pressure, so a burst must fit; without rights it is capped by
     * the kernel's limit.
     */
    private static final int SOCKET_BUFFER_BYTES = 16 << 20;

    private static final int MTU_MIN = 68;

    /** What fits into an IPv4 datagram. */
    public static final int MTU_MAX = 65_507;

    private static final int CLOSED = -1;

    /** After this many system calls the other descriptors of the loop get their turn. */
    private static final int ROUNDS = 8;

    /** After this many packets the other descriptors of the loop get their turn. */
    private static final int ROUND = 2 * Batch.CAPACITY;

    private Endpoint local = Endpoint.of(Ipv4Address.ANY, 0);
    private Endpoint remote = local;
    private int mtu;
    private boolean offload;
    private boolean partial;
    private final PartialChecksum completion = new PartialChecksum();

    /** With offload, if the kernel has it: whether datagrams are received in trains. */
    private boolean trains;

    private int descriptor = CLOSED;
    private Loop.@Nullable Io io;

    /** With offload only. */
    private @Nullable TrainSender sender;

    /** Whether what was pushed is to be sent after the present event. */
    private boolean sends;

    // Made once: what refers to a method is a new object each time that it is evaluated.
    private final Runnable flushes = this::flush;
    private final Consumer<Packet> receives = this::received;

    private Runnable watch = () -> {};
    private Counter tunnelled = new Counter();
    private Counter untunnelled = new Counter();

    /** Of WATCH; 0 without it. */
    private long watchNanos;

    private @Nullable Heartbeats farEnd;
    private final Counter beatsSent = new Counter();
    private final Counter beatsHeard = new Counter();

    @SuppressWarnings("NullAway.Init") // the following are set by initialize
    private DropCounter tunnelFull;

    @SuppressWarnings("NullAway.Init")
    private DropCounter tunnelRefused;

    @SuppressWarnings("NullAway.Init")
    private DropCounter tunnelError;

    @SuppressWarnings("NullAway.Init")
    private DropCounter tunnelTooLong;

    @SuppressWarnings("NullAway.Init")
    private DropCounter tunnelNotIp;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        local = arguments.required("LOCAL", Endpoint::parse);
        remote = arguments.required("REMOTE", Endpoint::parse);
        if (local.family() != remote.family()) {
            throw new ConfigException("REMOTE: the addresses are of two families");
        }
        offload = arguments.keyword("OFFLOAD", ArgumentTypes::bool, true);
        partial = arguments.keyword("PARTIAL", ArgumentTypes::bool, false);
        watchNanos = Heartbeats.interval(arguments);
        mtu = arguments.keyword("MTU", Integer::valueOf, 1500);
        if (mtu < MTU_MIN || mtu > MTU_MAX) {
            throw new ConfigException("MTU " + mtu + " is outside " + MTU_MIN + "-" + MTU_MAX);
        }
    }

    @Override
    protected void initialize() throws ConfigException {
        tunnelled = tunnelled();
        untunnelled = untunnelled();
        tunnelFull = drops("tunnelFull");
        tunnelRefused = drops("tunnelRefused");
        tunnelError = drops("tunnelError");
        tunnelTooLong = drops("tunnelTooLong");
        tunnelNotIp = drops("tunnelNotIp");
        io = loop().io();
        if (io == null) {
            throw new ConfigException("it needs sockets, which the virtual world has not");
        }
        UdpTunnel before = predecessor(UdpTunnel.class);
        if (before == null || !goesOn(before)) {
            try {
                int opened = open();
                trains = offload && TrainReceiver.accepts(opened);
                serve(opened, io);
            } catch (IOException e) {
                throw new ConfigException(local + " to " + remote + ": " + e.getMessage());
            }
        }
        if (watchNanos > 0) {
            String place = graph().name() + "/" + name();
            farEnd = new Heartbeats(watchNanos, this, graph(), place, timer(this::look), chance());
        }
    }

    private void look() {
        if (farEnd != null) {
            farEnd.look(loop().clock().nowNanos());
        }
    }

    @Override
    public long sentTo() {
        return tunnelled.value() + beatsSent.value();
    }

    @Override
    public long heardFrom() {
        return untunnelled.value() + beatsHeard.value();
    }

    /** Whatever becomes of it: an error is that of an earlier datagram, and the next beat comes. */
    @Override
    public void beat() {
        if (descriptor != CLOSED && PacketCalls.write(descriptor, 0, 0) == 0) {
            beatsSent.increment();
        }
    }

    @Override
    protected void standStill() {
        if (farEnd != null) {
            farEnd.standStill();
        }
    }

    @Override
    protected void goOn() {
        if (farEnd != null) {
            farEnd.goOn();
        }
    }

    private void serve(int socket, Loop.Io events) {
        descriptor = socket;
        if (trains) {
            sender = new TrainSender(descriptor, this::sent);
        }
        watch = events.watch(descriptor, trains ? this::receiveTrains : this::receive);
    }

    private boolean goesOn(UdpTunnel before) {
        return before.descriptor != CLOSED
                && before.offload == offload
                && before.local.equals(local)
                && before.remote.equals(remote);
    }

    @Override
    protected void takeState(Element old) {
        UdpTunnel other = (UdpTunnel) old;
        if (io != null && goesOn(other)) {
            other.flush();
            other.watch.run();
            int socket = other.descriptor;
            other.descriptor = CLOSED;
            trains = other.trains;
            serve(socket, io);
        }
    }

    private int open() throws IOException {
        int socket = Libc.socket(local.family(), Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK, 0);
        try {
            Libc.bind(socket, local.sockaddr());
            Libc.connect(socket, remote.sockaddr());
            enlarge(socket, Libc.SO_RCVBUFFORCE, Libc.SO_RCVBUF);
            enlarge(socket, Libc.SO_SNDBUFFORCE, Libc.SO_SNDBUF);
            return socket;
        } catch (IOException e) {
            Libc.close(socket);
            throw e;
        }
    }

    /** Beyond the machine's limit where we have the right to. */
    private static void enlarge(int socket, int force, int within) throws IOException {
        try {
            Libc.setsockopt(socket, Libc.SOL_SOCKET, force, SOCKET_BUFFER_BYTES);
        } catch (LibcException e) {
            Libc.setsockopt(socket, Libc.SOL_SOCKET, within, SOCKET_BUFFER_BYTES);
        }
    }

    @Override
    public void push(int port, Batch batch) {
        if (sender != null && io != null && !sends) {
            sends = true;
            io.afterThis(flushes);
        }
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            if (packet.isPartial()) {
                packet = partial ? PartialChecksum.mark(packet) : completion.complete(packet);
            } else if (partial && packet.length() > 0 && PartialChecksum.looksMarked(packet)) {
                tunnelNotIp.drop(packet);
                continue;
            }
            if (packet.length() > mtu) {
                tunnelTooLong.drop(packet);
            } else if (sender != null) {
                sender.add(packet);
            } else {
                sent(packet, PacketCalls.write(descriptor, packet.address(), packet.length()));
            }
        }
        batch.recycle();
    }

    private void flush() {
        sends = false;
        if (sender != null) {
            sender.flush();
        }
    }

    private void sent(Packet packet, long result) {
        if (result >= 0) {
            tunnelled.increment();
            packet.kill();
        } else if (result == -Errno.EAGAIN) {
            tunnelFull.drop(packet);
        } else if (result == -Errno.ECONNREFUSED) {
            // The error belongs to an earlier datagram; this one was not sent either.
            tunnelRefused.drop(packet);
        } else {
            tunnelError.drop(packet);
        }
    }

    private void receiveTrains() {
        for (int i = 0; i < ROUNDS && io != null && descriptor != CLOSED; i++) {
            TrainReceiver trains = io.trains();
            long units = trains.receive(descriptor, receives);
            flushOutputs();
            // Less than none is the error of an earlier datagram of ours; the next call is good.
            if (units == -Errno.EAGAIN || units >= 0 && trains.isAll()) {
                break;
            }
        }
    }

    private void received(Packet packet) {
        if (packet.length() == 0 && farEnd != null) {
            beatsHeard.increment();
            packet.kill();
            return;
        }
        untunnelled.increment();
        if (packet.length() == 0 || packet.length() > mtu) {
            tunnelTooLong.drop(packet);
        } else {
            pass(packet);
        }
    }

    private void pass(Packet packet) {
        if (partial && PartialChecksum.looksMarked(packet)) {
            PartialChecksum.unmark(packet);
        }
        output(0).add(packet);
    }

    private void receive() {
        PacketPool pool = loop().packets();
        for (int i = 0; i < ROUND && descriptor != CLOSED; i++) {
            // One byte of room more than the link allows shows what is too long.
            Packet packet = pool.allocate(mtu + 1);
            long length = PacketCalls.read(descriptor, packet.address(), packet.length());
            if (length == -Errno.EAGAIN) {
                packet.kill();
                break;
            }
            if (length <= 0 || length > mtu) {
                // The error of an earlier datagram of ours, an empty one, or one that is cut off.
                if (length == 0 && farEnd != null) {
                    beatsHeard.increment();
                    packet.kill();
                } else if (length >= 0) {
                    untunnelled.increment();
                    tunnelTooLong.drop(packet);
                } else {
                    packet.kill();
                }
                continue;
            }
            packet.truncate((int) length);
            untunnelled.increment();
            pass(packet);
        }
        flushOutputs();
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("offload", () -> Boolean.toString(trains));
        handlers.read("far_end", () -> farEnd == null ? "unknown" : farEnd.state());
        handlers.read("heartbeats", () -> beatsSent.value() + " " + beatsHeard.value());
    }

    @Override
    protected void close() {
        if (farEnd != null) {
            farEnd.end();
        }
        if (sender != null) {
            sender.close();
            sender = null;
        }
        if (descriptor != CLOSED) {
            watch.run();
            try {
                Libc.close(descriptor);
            } catch (IOException e) {
                throw new IllegalStateException("closing a tunnel", e);
            }
            descriptor = CLOSED;
        }
    }
}
