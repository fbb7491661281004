package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Batch;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Never gives a packet, and drops what it gets; it closes ports that must be connected.
 *
 * <pre>{@code
 * Idle -> r :: RadixIPLookup(...); r[2] -> Idle;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "Idle", ports = "-/-", processing = "a/a")
public final class Idle extends Element {
    private @Nullable DropCounter idle;

    @Override
    public void push(int port, Batch batch) {
        if (idle == null) {
            idle = drops("idle");
        }
        idle.drop(batch);
    }

    @Override
    public @Nullable Packet pull(int port) {
        return null;
    }
}
