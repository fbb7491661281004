package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.wire.Ipv4Header;

/**
 * Sets the source address of packets whose "fix IP source" annotation is set to IPADDR, and clears
 * the annotation. ICMPError sets it: an error must come from the address of the interface by which
 * it leaves (RFC 1812 4.3.2.4), which only the output path knows.
 *
 * <pre>{@code
 * ... -> IPGWOptions(18.26.4.1) -> FixIPSrc(18.26.4.1) -> DecIPTTL -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "FixIPSrc", live = true, drops = "noIpHeader")
public final class FixIpSrc extends Element {
    private int address;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noHeader;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        address = arguments.required("IPADDR", addresses()::ip).bits();
    }

    @Override
    protected void initialize() {
        noHeader = drops(IpBounds.NO_HEADER);
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (!isWished(packet)) {
            return packet;
        }
        if (!IpBounds.hasHeader(packet)) {
            noHeader.drop(packet);
            return null;
        }
        return fixed(packet, address);
    }

    /** Whether an element before wished that the source be set. */
    static boolean isWished(Packet packet) {
        return packet.annotation(Annotation.FIX_IP_SRC.at(), Annotation.FIX_IP_SRC.size()) != 0;
    }

    /** The packet, which has a header, with that source; the wish is fulfilled. */
    static Packet fixed(Packet packet, int address) {
        Packet mine = packet.writable();
        mine.annotation(Annotation.FIX_IP_SRC.at(), Annotation.FIX_IP_SRC.size(), 0);
        int header = mine.networkHeader();
        mine.set32(header + Ipv4Header.SOURCE_AT, address);
        IpFields.seal(mine, header, IpBounds.headerLength(mine));
        return mine;
    }
}
