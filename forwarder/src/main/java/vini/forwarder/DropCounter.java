package vini.forwarder;

import org.jspecify.annotations.Nullable;

/** Ends packets for one reason and counts them; made by {@link Element#drops}. */
public final class DropCounter {
    private final String reason;
    private Counter packets = new Counter();
    private final @Nullable Tap own;
    private @Nullable Tap tap;

    DropCounter(String reason, @Nullable Tap tap) {
        this.reason = reason;
        this.own = tap;
        this.tap = tap;
    }

    /** From now on that one, too, sees each packet that ends here; null: none but its own. */
    void watch(@Nullable Tap watcher) {
        tap = Tap.both(own, watcher);
    }

    /** Kills the packet and counts it. */
    public void drop(Packet packet) {
        packets.increment();
        if (tap != null) {
            tap.passes(packet);
        }
        packet.kill();
    }

    /** Kills and counts all packets of a batch, and gives the batch back. */
    public void drop(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            drop(batch.get(i));
        }
        batch.recycle();
    }

    /** Counts packets that ended without a descriptor of their own (the kernel refused them). */
    public void count(long n) {
        packets.add(n);
    }

    /** Counts from now on in another, which begins with what this one has counted. */
    void goOnIn(DropCounter next) {
        next.packets.add(packets.value());
        packets = next.packets;
    }

    /** In camel case, as it stands in {@code summary.json}: {@code linkDown}. */
    public String reason() {
        return reason;
    }

    public long value() {
        return packets.value();
    }
}
