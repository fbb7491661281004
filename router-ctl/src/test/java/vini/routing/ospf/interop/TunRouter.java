package vini.routing.ospf.interop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import vini.forwarder.io.EventLoop;
import vini.forwarder.io.Libc;
import vini.forwarder.io.LibcException;
import vini.forwarder.io.TunDevice;
import vini.net.Checksum;
import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.net.wire.Ipv4Header;
import vini.routing.NextHop;
import vini.routing.PuntPort;
import vini.routing.Rib;
import vini.routing.ospf.Announcement;
import vini.routing.ospf.NeighborMachine.State;
import vini.routing.ospf.NeighborStatus;
import vini.routing.ospf.OspfConfig;
import vini.routing.ospf.OspfEvent;
import vini.routing.ospf.OspfInterface;
import vini.routing.ospf.OspfProcess;
import vini.routing.ospf.OspfRouter;
import vini.routing.sim.SimulatedFib;
import vini.time.Seed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One of our routers on a live loop with a tun device for each link, and a forwarder of few lines:
 * it answers pings to its own address and sends the rest where the FIB says.
 */
final class TunRouter implements PuntPort, AutoCloseable {
    static final long SECOND = 1_000_000_000L;

    private static final int PACKET_BYTES_MAX = 2000;

    private final EventLoop loop = new EventLoop("tun-router");
    private final List<TunDevice> tuns;
    private final List<Runnable> watches = new ArrayList<>();
    private final Ipv4Address address;
    private final SimulatedFib fib = new SimulatedFib(transaction -> {});
    private final Rib rib = new Rib(fib, loop);
    private final OspfRouter router;
    private final List<OspfInterface> interfaces;
    private final CaptureFile capture;
    private final List<OspfEvent> events = new CopyOnWriteArrayList<>();
    private @Nullable Receiver receiver;
    private int echoesReceived;

    TunRouter(
            String address,
            List<TunDevice> tuns,
            List<OspfInterface> interfaces,
            long helloNanos,
            long deadNanos,
            CaptureFile capture) {
        this.address = Ipv4Address.parse(address);
        this.tuns = tuns;
        this.interfaces = List.copyOf(interfaces);
        this.capture = capture;
        router =
                new OspfRouter(
                        new OspfConfig(
                                this.address,
                                List.of(Prefix.host(this.address)),
                                interfaces,
                                helloNanos,
                                deadNanos),
                        new OspfProcess(0),
                        loop,
                        new Seed(1).generator("ospf"),
                        this,
                        rib,
                        events::add);
    }

    /** Starts the router; returns the time. */
    long start() {
        for (int link = 0; link < tuns.size(); link++) {
            int number = link;
            watches.add(loop.watch(tuns.get(link).fd(), () -> readAll(number)));
        }
        loop.run(router::start);
        return System.nanoTime();
    }

    /** Asks the router on its thread. */
    <T> T ask(Callable<T> question) throws Exception {
        return loop.call(question::call);
    }

    OspfRouter router() {
        return router;
    }

    List<OspfEvent> events() {
        return events;
    }

    /** When a neighbour first came to a state, after the start; negative if it has not. */
    long nanosUntil(int link, State state, long startNanos) {
        for (OspfEvent event : events) {
            if (event instanceof OspfEvent.NeighborChanged changed
                    && changed.link() == link
                    && changed.to() == state) {
                return changed.nanos() - startNanos;
            }
        }
        return -1;
    }

    State state(int link) throws Exception {
        for (NeighborStatus neighbor : ask(router::neighbors)) {
            if (neighbor.link() == link) {
                return neighbor.state();
            }
        }
        return State.DOWN;
    }

    /** Whether the FIB has exactly that prefix. */
    boolean hasRoute(String prefix) throws Exception {
        return ask(() -> fib.routes().containsKey(Prefix.parse(prefix)));
    }

    /** The route in use to exactly that prefix, {@code ospf E1 30}, or {@code none}. */
    String route(String prefix) throws Exception {
        for (Rib.Used used : ask(rib::routes)) {
            if (used.route().prefix().equals(Prefix.parse(prefix))) {
                return used.route().by() + " " + used.route().cost();
            }
        }
        return "none";
    }

    /** Announces each of these destinations, in the words of {@link Announcement#parse}. */
    void announce(String... destinations) {
        loop.run(
                () -> {
                    for (String destination : destinations) {
                        router.announce(Announcement.parse(destination));
                    }
                });
    }

    void withdraw(String... prefixes) {
        loop.run(
                () -> {
                    for (String prefix : prefixes) {
                        router.withdraw(Prefix.parse(prefix));
                    }
                });
    }

    /** All instances that are not being flushed, as {@code type id router sequence checksum}. */
    SortedSet<String> instances() throws Exception {
        SortedSet<String> all = new TreeSet<>();
        for (var header : ask(router::database)) {
            if (header.isMaxAge()) {
                continue;
            }
            all.add(
                    instance(
                            header.key().type(),
                            new Ipv4Address(header.key().linkStateId()).toString(),
                            new Ipv4Address(header.key().advertisingRouter()).toString(),
                            Integer.toHexString(header.sequence()),
                            Integer.toHexString(header.checksum())));
        }
        return all;
    }

    /** One LSA in the words that all three databases are compared in. */
    static String instance(int type, String id, String by, String sequence, String checksum) {
        return type
                + " "
                + id
                + " "
                + by
                + " "
                + sequence
                + " "
                + Integer.toHexString(Integer.parseInt(checksum, 16));
    }

    int echoesReceived() throws Exception {
        return ask(() -> echoesReceived);
    }

    /** Sends an ICMP echo request from our address along the FIB. */
    void ping(String to) throws Exception {
        ask(
                () -> {
                    ByteBuf out = Unpooled.buffer();
                    Ipv4Header.emit(
                            out,
                            0,
                            28,
                            1,
                            0,
                            64,
                            Ipv4Header.ICMP,
                            address.bits(),
                            Ipv4Address.parse(to).bits());
                    out.writeLong(0x0800f7fe00000001L);
                    out.setShort(22, 0);
                    out.setShort(22, Checksum.of(out, 20, 8));
                    forward(out);
                    return true;
                });
    }

    private void readAll(int link) {
        byte[] bytes = new byte[PACKET_BYTES_MAX];
        while (true) {
            int length;
            try {
                length = Libc.read(tuns.get(link).fd(), bytes);
            } catch (LibcException e) {
                return; // EAGAIN: all read.
            }
            ByteBuf packet = Unpooled.copiedBuffer(bytes, 0, length);
            capture.add(link, packet);
            if (packet.getByte(0) >>> 4 != 4) {
                continue;
            }
            if (packet.getByte(Ipv4Header.PROTOCOL_AT) == Ipv4Header.OSPF) {
                if (receiver != null) {
                    receiver.packet(link, packet);
                }
            } else if (packet.getInt(Ipv4Header.DESTINATION_AT) == address.bits()) {
                answer(packet);
            } else {
                forward(packet);
            }
        }
    }

    /** Turns an echo request into its reply. */
    private void answer(ByteBuf packet) {
        if (packet.getByte(Ipv4Header.PROTOCOL_AT) != Ipv4Header.ICMP) {
            return;
        }
        if (packet.getByte(20) == 0) {
            echoesReceived++;
        } else if (packet.getByte(20) == 8) {
            packet.setInt(Ipv4Header.DESTINATION_AT, packet.getInt(Ipv4Header.SOURCE_AT));
            packet.setInt(Ipv4Header.SOURCE_AT, address.bits());
            packet.setByte(20, 0);
            packet.setShort(22, 0);
            packet.setShort(22, Checksum.of(packet, 20, packet.readableBytes() - 20));
            forward(packet);
        }
    }

    private void forward(ByteBuf packet) {
        Ipv4Address to = new Ipv4Address(packet.getInt(Ipv4Header.DESTINATION_AT));
        int best = -1;
        int link = -1;
        for (Map.Entry<Prefix, List<NextHop>> route : fib.routes().entrySet()) {
            if (route.getKey().contains(to) && route.getKey().length() > best) {
                best = route.getKey().length();
                link = route.getValue().getFirst().link();
            }
        }
        for (OspfInterface one : interfaces) {
            if (one.peer().equals(to)) {
                link = one.link();
            }
        }
        if (link >= 0) {
            write(link, packet);
        }
    }

    private void write(int link, ByteBuf packet) {
        capture.add(link, packet);
        byte[] bytes = new byte[packet.readableBytes()];
        packet.getBytes(packet.readerIndex(), bytes);
        try {
            Libc.write(tuns.get(link).fd(), bytes);
        } catch (LibcException e) {
            throw new IllegalStateException("cannot write to tun of link " + link, e);
        }
    }

    @Override
    public void receiver(Receiver newReceiver) {
        receiver = newReceiver;
        for (int link = 0; link < tuns.size(); link++) {
            newReceiver.carrier(link, true);
        }
    }

    @Override
    public void send(int link, ByteBuf ipPacket) {
        write(link, ipPacket);
        ipPacket.release();
    }

    @Override
    public void close() {
        loop.run(router::stop);
        watches.forEach(Runnable::run);
        loop.close();
    }
}
