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
import vini.forwarder.Packet;
import vini.forwarder.PacketPool;

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
    private @Nullable Batch arrived;

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
        if (ends.byName.putIfAbsent(here, this) != null) {
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
        if (arrived == null) {
            arrived = batch;
            loop().later(this::deliver);
            return;
        }
        PacketPool pool = loop().packets();
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            if (arrived.isFull()) {
                Batch full = arrived;
                arrived = pool.batch();
                output(0).push(full);
            }
            arrived.add(packet);
        }
        batch.recycle();
    }

    private void deliver() {
        Batch batch = arrived;
        if (batch != null) {
            arrived = null;
            output(0).push(batch);
        }
    }

    @Override
    protected void close() {
        if (ends != null) {
            ends.byName.remove(here, this);
        }
        if (arrived != null) {
            arrived.kill();
            arrived = null;
        }
    }
}
