package vini.forwarder;

import org.jspecify.annotations.Nullable;

import vini.forwarder.offload.PartialChecksum;

/**
 * An output port. A push output leads to one input; an element either passes whole batches on, or
 * {@link #add}s packets one by one and calls {@link Element#flushOutputs} before it returns.
 */
public final class Output {
    private final PacketPool pool;
    private Element target;
    private int port;
    private final @Nullable Tap own;
    private @Nullable Tap tap;
    private @Nullable Batch pending;

    /** If the target wants complete packets only, and others may come by here. */
    private final @Nullable PartialChecksum completion;

    Output(
            PacketPool pool,
            Element target,
            int port,
            @Nullable Tap tap,
            @Nullable PartialChecksum completion) {
        this.pool = pool;
        this.target = target;
        this.port = port;
        this.own = tap;
        this.tap = tap;
        this.completion = completion;
    }

    /** From now on that one, too, sees each packet that leaves here; null: none but its own. */
    void watch(@Nullable Tap watcher) {
        tap = Tap.both(own, watcher);
    }

    private void go(Batch batch) {
        if (completion != null) {
            completion.complete(batch);
        }
        if (tap != null) {
            for (int i = 0; i < batch.size(); i++) {
                tap.passes(batch.get(i));
            }
        }
        target.push(port, batch);
    }

    /** From now on packets go to another element, at that input. */
    void leadTo(Element element, int input) {
        target = element;
        port = input;
    }

    Element target() {
        return target;
    }

    int port() {
        return port;
    }

    /** Passes a batch on, in order after what was added before. An empty one is given back. */
    public void push(Batch batch) {
        if (pending != null) {
            flush();
        }
        if (batch.isEmpty()) {
            batch.recycle();
        } else {
            go(batch);
        }
    }

    /** Passes one packet on at once. */
    public void push(Packet packet) {
        add(packet);
        flush();
    }

    /** Collects a packet for the next {@link #flush}; a full batch goes at once. */
    public void add(Packet packet) {
        if (pending == null) {
            pending = pool.batch();
        }
        pending.add(packet);
        if (pending.isFull()) {
            flush();
        }
    }

    /** Passes on what was added. Reentrant: the batch is out of sight before it is pushed. */
    public void flush() {
        Batch batch = pending;
        if (batch != null) {
            pending = null;
            go(batch);
        }
    }
}
