package vini.forwarder.kit;

import com.google.auto.service.AutoService;

import io.netty.buffer.ByteBufUtil;

import vini.forwarder.Batch;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.Ipv4Address;

import java.util.ArrayList;
import java.util.List;

/** Keeps what is pushed into it, as text, and kills it; it counts as delivered. */
@AutoService(Element.class)
@ElementClass(name = "Collect", ports = "1/0", processing = "h/h")
public final class Collect extends Element {
    /** A packet that came, and when. */
    public record Seen(
            long nanos, String hex, int paint, Ipv4Address destination, int networkHeader) {}

    private final List<Seen> seen = new ArrayList<>();
    private final List<Integer> batchSizes = new ArrayList<>();
    private Counter delivered = new Counter();

    @Override
    protected void initialize() {
        delivered = delivered();
    }

    @Override
    public void push(int port, Batch batch) {
        batchSizes.add(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            seen.add(seen(batch.get(i)));
        }
        delivered.add(batch.size());
        batch.kill();
    }

    @Override
    protected void takeState(Element old) {
        seen.addAll(((Collect) old).seen);
        batchSizes.addAll(((Collect) old).batchSizes);
    }

    private Seen seen(Packet packet) {
        return new Seen(
                loop().clock().nowNanos(),
                ByteBufUtil.hexDump(packet.buffer(), packet.start(), packet.length()),
                packet.paint(),
                new Ipv4Address(packet.destination()),
                packet.networkHeader());
    }

    /** What came, in order. */
    public List<Seen> seen() {
        return seen;
    }

    /** How many packets each batch had that came. */
    public List<Integer> batchSizes() {
        return batchSizes;
    }
}
