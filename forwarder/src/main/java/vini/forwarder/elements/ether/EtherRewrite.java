package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.EtherAddress;
import vini.net.wire.EtherHeader;

/**
 * Sets the addresses of each Ethernet frame to SRC and DST and leaves its type as it is; for links
 * on which there is only one neighbour. Frames without a whole header are dropped.
 *
 * <pre>{@code
 * FromDevice(eth0) -> EtherRewrite(1:1:1:1:1:1, 2:2:2:2:2:2) -> ToDevice(eth1);
 * }</pre>
 *
 * <p>Handlers: {@code src}, {@code dst} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "EtherRewrite", live = true, drops = "tooShort")
public final class EtherRewrite extends Element {
    private EtherAddress source = EtherAddress.ZERO;
    private EtherAddress destination = EtherAddress.ZERO;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooShort;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        source = arguments.required("SRC", addresses()::ether);
        destination = arguments.required("DST", addresses()::ether);
    }

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
        EtherHeader.set(
                frame.buffer(),
                frame.start(),
                destination.bits(),
                source.bits(),
                frame.u16(EtherHeader.TYPE_AT));
        return frame;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("src", () -> source).read("dst", () -> destination);
        handlers.write("src", value -> source = addresses().ether(value.strip()));
        handlers.write("dst", value -> destination = addresses().ether(value.strip()));
    }
}
