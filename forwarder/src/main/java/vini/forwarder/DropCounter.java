package vini.forwarder;

/** Ends packets for one reason and counts them; made by {@link Element#drops}. */
public final class DropCounter {
    private final String reason;
    private final Counter packets = new Counter();

    DropCounter(String reason) {
        this.reason = reason;
    }

    /** Kills the packet and counts it. */
    public void drop(Packet packet) {
        packets.increment();
        packet.kill();
    }

    /** Kills and counts all packets of a batch, and gives the batch back. */
    public void drop(Batch batch) {
        packets.add(batch.size());
        batch.kill();
    }

    /** Counts packets that ended without a descriptor of their own (the kernel refused them). */
    public void count(long n) {
        packets.add(n);
    }

    /** In camel case, as it stands in {@code summary.json}: {@code linkDown}. */
    public String reason() {
        return reason;
    }

    public long value() {
        return packets.value();
    }
}
