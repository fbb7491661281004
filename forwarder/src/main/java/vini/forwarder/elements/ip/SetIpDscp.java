package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/**
 * Sets the differentiated services code point of IPv4 packets, the upper six bits of the type of
 * service (RFC 2474), to DSCP, 0-63, and repairs the checksum.
 *
 * <pre>{@code
 * ... -> SetIPDSCP(46) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code dscp} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "SetIPDSCP", live = true, drops = "noIpHeader")
public final class SetIpDscp extends Element {
    private static final int MASK = 0xfc;

    private int dscp;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noHeader;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        dscp = arguments.required("DSCP", ArgumentTypes.integer(0, 63));
    }

    @Override
    protected void initialize() {
        noHeader = drops(IpBounds.NO_HEADER);
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (!IpBounds.hasFixedHeader(packet)) {
            noHeader.drop(packet);
            return null;
        }
        Packet mine = packet.writable();
        IpFields.setTos(mine, mine.networkHeader(), MASK, dscp << 2);
        return mine;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("dscp", () -> dscp);
        handlers.write("dscp", value -> dscp = ArgumentTypes.integer(0, 63).apply(value));
    }
}
