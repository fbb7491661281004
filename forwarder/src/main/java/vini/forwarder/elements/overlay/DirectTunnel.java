package vini.forwarder.elements.overlay;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Handlers;
import vini.forwarder.Handover;
import vini.forwarder.Loop;
import vini.forwarder.OnTheWay;
import vini.forwarder.Packet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A tunnel to another graph of the same process: packets are handed over as they are, without a
 * socket. HERE and THERE name its two ends; the other end is {@code DirectTunnel(THERE, HERE)}. To
 * a graph on another loop some thousand packets can be on their way; more are dropped. WATCH is as
 * {@link UdpTunnel} has it: the far end falls silent with its graph.
 *
 * <pre>{@code
 * chin -> t :: DirectTunnel(nycm-chin, chin-nycm); t -> Paint(0) -> ...;
 * }</pre>
 *
 * <p>Handler: {@code far_end} (read), as of {@link UdpTunnel}.
 */
@AutoService(Element.class)
@ElementClass(
        name = "DirectTunnel",
        processing = "h/h",
        partialChecksums = PartialChecksums.MADE,
        drops = {"noPeer", "tunnelFull"})
public final class DirectTunnel extends Element implements Heartbeats.Tunnel {
    /** After this many packets from another loop the rest of this one gets its turn. */
    private static final int ROUND = 4 * Batch.CAPACITY;

    private String here = "";
    private String there = "";
    private Counter tunnelled = new Counter();
    private Counter untunnelled = new Counter();

    /** Batches that have come in this event; what comes at once is as much as was under way. */
    private final Deque<Batch> arrived = new ArrayDeque<>(1);

    private final Runnable delivery = this::deliver;
    private boolean delivers;

    /** Of WATCH; 0 without it. */
    private long watchNanos;

    private @Nullable Heartbeats farEnd;
    private long beatsSent;

    /** The other end may be on another loop. */
    private final AtomicLong beatsHeard = new AtomicLong();

    /** The way to the other end, while that is on another loop. */
    private TunnelEnds.@Nullable Way way;

    @SuppressWarnings("NullAway.Init") // the following are set by initialize
    private TunnelEnds ends;

    @SuppressWarnings("NullAway.Init")
    private Loop home;

    @SuppressWarnings("NullAway.Init")
    private DropCounter noPeer;

    /** Where the other end's loop takes less than comes. */
    @SuppressWarnings("NullAway.Init")
    private DropCounter tunnelFull;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        here = arguments.required("HERE", name -> name);
        there = arguments.required("THERE", name -> name);
        watchNanos = Heartbeats.interval(arguments);
    }

    @Override
    protected void initialize() throws ConfigException {
        tunnelled = tunnelled();
        untunnelled = untunnelled();
        noPeer = drops("noPeer");
        tunnelFull = drops("tunnelFull");
        home = loop();
        OnTheWay onTheWay = graph().shared().get(OnTheWay.class, OnTheWay::new);
        ends = graph().shared().get(TunnelEnds.class, () -> new TunnelEnds(onTheWay));
        DirectTunnel present = ends.add(here, this);
        if (present != null && present != predecessor(DirectTunnel.class)) {
            throw new ConfigException("there is a tunnel end '" + here + "' already");
        }
        if (watchNanos > 0) {
            String place = graph().name() + "/" + name();
            farEnd = new Heartbeats(watchNanos, this, graph(), place, timer(this::look), chance());
        }
    }

    private void look() {
        if (farEnd != null) {
            farEnd.look(home.clock().nowNanos());
        }
    }

    @Override
    public long sentTo() {
        return tunnelled.value() + beatsSent;
    }

    @Override
    public long heardFrom() {
        return untunnelled.value() + beatsHeard.get();
    }

    @Override
    public void beat() {
        DirectTunnel peer = ends.get(there);
        if (peer != null) {
            beatsSent++;
            peer.beatsHeard.incrementAndGet();
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

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("far_end", () -> farEnd == null ? "unknown" : farEnd.state());
    }

    @Override
    public void push(int port, Batch batch) {
        DirectTunnel peer = ends.get(there);
        if (peer == null) {
            noPeer.drop(batch);
        } else if (peer.home.equals(home)) {
            tunnelled.add(batch.size());
            peer.take(batch);
        } else {
            give(peer, batch);
        }
    }

    /** Hands packets over to an end on another loop. */
    private void give(DirectTunnel peer, Batch batch) {
        TunnelEnds.Way to = way;
        if (to == null || to.end() != peer) {
            // An end that is gone has taken all that was on the way to it.
            to = ends.open(home, peer);
            way = to;
        }
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            if (to.packets().offer(packet)) {
                tunnelled.increment();
            } else {
                tunnelFull.drop(packet);
            }
        }
        batch.recycle();
        to.packets().announce();
    }

    /** Gives no more; what is on its way arrives. */
    private void leave() {
        if (way != null) {
            way.end().settle(way.packets());
            ends.forget(way);
            way = null;
        }
    }

    /** Delivers the batch as work of its own, so that long paths do not nest. */
    private void take(Batch batch) {
        untunnelled.add(batch.size());
        arrived.add(batch);
        if (!delivers) {
            delivers = true;
            home.later(delivery);
        }
    }

    /** The loop that it is on, for who is on another. */
    Loop home() {
        return home;
    }

    /** There are packets from another loop: this is an event of its own already. */
    void receive(Handover packets) {
        takeFrom(packets, ROUND);
        deliver();
        if (!packets.isEmpty()) {
            packets.announce();
        }
    }

    /** Takes up to so many packets over. */
    private void takeFrom(Handover packets, int max) {
        Batch batch = home.packets().batch();
        for (int left = max; left > 0; left--) {
            Packet packet = packets.poll();
            if (packet == null) {
                break;
            }
            if (batch.isFull()) {
                take(batch);
                batch = home.packets().batch();
            }
            batch.add(packet);
        }
        take(batch);
    }

    /** All that is on a way to this end arrives. On any loop, while this one's stands still. */
    void settle(Handover packets) {
        boolean _ =
                home.call(
                        () -> {
                            takeFrom(packets, Integer.MAX_VALUE);
                            return true;
                        });
    }

    private void deliver() {
        delivers = false;
        // What comes back meanwhile, in a routing loop, waits for an event of its own.
        for (int left = arrived.size(); left > 0; left--) {
            Batch batch = arrived.poll();
            if (batch != null) {
                output(0).push(batch);
            }
        }
    }

    @Override
    protected void takeState(Element old) {
        DirectTunnel other = (DirectTunnel) old;
        ends.replace(here, this);
        if (there.equals(other.there)) {
            way = other.way;
            other.way = null;
        }
        other.arriveAll();
        for (Batch batch = other.arrived.poll(); batch != null; batch = other.arrived.poll()) {
            arrived.add(batch);
        }
        if (!arrived.isEmpty()) {
            delivers = true;
            home.later(delivery);
        }
    }

    /** Takes what is on its way, as nothing will be given to this end any more. */
    private void arriveAll() {
        for (TunnelEnds.Way to : ends.takeThoseTo(this)) {
            takeFrom(to.packets(), Integer.MAX_VALUE);
        }
    }

    @Override
    protected void close() {
        if (farEnd != null) {
            farEnd.end();
        }
        if (ends != null) {
            ends.remove(here, this);
            leave();
            arriveAll();
        }
        arrived.forEach(Batch::kill);
        arrived.clear();
    }
}
