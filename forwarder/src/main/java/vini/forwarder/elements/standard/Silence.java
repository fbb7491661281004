package vini.forwarder.elements.standard;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Batch;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.Notifier;
import vini.forwarder.Packet;

/** What Idle and SimpleIdle are: gives nothing, and drops what it gets. */
abstract class Silence extends Element {
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
