package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.wire.EtherHeader;

/**
 * Swaps the source and the destination address of each Ethernet frame. Frames without a whole
 * header are dropped.
 *
 * <pre>{@code
 * FromDevice(eth0) -> EtherMirror -> ToDevice(eth0);
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "EtherMirror", drops = "tooShort")
public final class EtherMirror extends Element {
    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooShort;

    @Override
    protected void initialize() {
        tooShort = drops("tooShort");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (!Frames.hasHeader(packet)) {
            tooShort.drop(packet);
            return null;
        }
        Packet frame = packet.writable();
        long sender = Frames.source(frame);
        int type = frame.u16(EtherHeader.TYPE_AT);
        EtherHeader.set(frame.buffer(), frame.start(), sender, Frames.destination(frame), type);
        return frame;
    }
}
