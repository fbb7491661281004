package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Batch;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Notifier;
import vini.forwarder.Packet;

/**
 * Never gives a packet, and drops what it gets; it closes ports that must be connected.
 *
 * <p>Ports: any number, each push or pull by itself. It never pulls.
 *
 * <pre>{@code
 * Idle -> r :: RadixIPLookup(...); r[2] -> Idle;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read), where packets may come.
 */
@AutoService(Element.class)
@ElementClass(name = "Idle", ports = "-/-", processing = "a/a", flow = "x/y")
public final class Idle extends Element {
    private final Notifier never = new Notifier(false);
    private @Nullable DropCounter idle;

    @Override
    protected void initialize() {
        for (int i = 0; i < inputs(); i++) {
            if (idle == null && !isPull(i)) {
                idle = drops("idle");
            }
        }
    }

    @Override
    public void push(int port, Batch batch) {
        if (idle != null) {
            idle.drop(batch);
        }
    }

    @Override
    public @Nullable Packet pull(int port) {
        return null;
    }

    /** What comes in by a pull input never leaves. */
    @Override
    protected boolean holdsPackets() {
        return true;
    }

    @Override
    protected Notifier emptyNotifier(int output) {
        return never;
    }
}
