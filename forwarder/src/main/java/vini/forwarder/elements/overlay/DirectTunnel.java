package vini.forwarder.elements.overlay;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tunnel to another graph of the same process: batches are handed over as they are, without a
 * socket. HERE and THERE name its two ends; the other end is {@code DirectTunnel(THERE, HERE)}.
 *
 * <pre>{@code
 * chin -> t :: DirectTunnel(nycm-chin, chin-nycm); t -> Paint(0) -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "DirectTunnel", processing = "h/h")
public final class DirectTunnel extends Element {
    /** The ends of all direct tunnels of a process. */
    static final class Ends {
        private final Map<String, DirectTunnel> byName = new LinkedHashMap<>();
    }

    private String here = "";
    private String there = "";
    private Counter tunnelled = new Counter();
    private Counter untunnelled = new Counter();

    /** Batches that have come in this event; what comes at once is as much as was under way. */
    private final Deque<Batch> arrived = new ArrayDeque<>();

    private boolean delivers;

    @SuppressWarnings("NullAway.Init") // the following are set by initialize
    private Ends ends;

    @SuppressWarnings("NullAway.Init")
    private DropCounter noPeer;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        here = arguments.required("HERE", name -> name);
        there = arguments.required("THERE", name -> name);
    }

    @Override
    protected void initialize() throws ConfigException {
        tunnelled = tunnelled();
        untunnelled = untunnelled();
        noPeer = drops("noPeer");
        ends = graph().shared().get(Ends.class, Ends::new);
        DirectTunnel present = ends.byName.putIfAbsent(here, this);
        if (present != null && present != predecessor(DirectTunnel.class)) {
            throw new ConfigException("there is a tunnel end '" + here + "' already");
        }
    }

    @Override
    public void push(int port, Batch batch) {
        DirectTunnel peer = ends.byName.get(there);
        if (peer == null) {
            noPeer.drop(batch);
            return;
        }
        tunnelled.add(batch.size());
        peer.take(batch);
    }

    /** Delivers the batch as work of its own, so that long paths do not nest. */
    private void take(Batch batch) {
        untunnelled.add(batch.size());
        arrived.add(batch);
        if (!delivers) {
            delivers = true;
            loop().later(this::deliver);
        }
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
        ends.byName.put(here, this);
        if (!other.arrived.isEmpty()) {
            arrived.addAll(other.arrived);
            other.arrived.clear();
            delivers = true;
            loop().later(this::deliver);
        }
    }

    @Override
    protected void close() {
        if (ends != null) {
            ends.byName.remove(here, this);
        }
        arrived.forEach(Batch::kill);
        arrived.clear();
    }
}
