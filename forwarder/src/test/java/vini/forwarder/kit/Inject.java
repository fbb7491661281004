package vini.forwarder.kit;

import com.google.auto.service.AutoService;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import vini.forwarder.Batch;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Packet;

/** Pushes what a test gives it; each packet counts as sent. */
@AutoService(Element.class)
@ElementClass(
        name = "Inject",
        ports = "0/1",
        processing = "h/h",
        partialChecksums = PartialChecksums.MADE)
public final class Inject extends Element {
    private Counter sent = new Counter();

    @Override
    protected void initialize() {
        sent = sent();
    }

    /** A packet of these bytes, in this graph's pool. */
    public Packet packet(String hex) {
        return loop().packets().copyOf(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    /** A packet of these bytes whose checksum is partial. */
    public Packet partial(String hex) {
        Packet packet = packet(hex);
        packet.partial(true);
        return packet;
    }

    /** Pushes packets, in batches as full as can be. */
    public void inject(Packet... packets) {
        sent.add(packets.length);
        Batch batch = loop().packets().batch();
        for (Packet packet : packets) {
            if (batch.isFull()) {
                output(0).push(batch);
                batch = loop().packets().batch();
            }
            batch.add(packet);
        }
        output(0).push(batch);
    }
}
