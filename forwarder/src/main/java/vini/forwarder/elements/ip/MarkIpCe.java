package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Marks IPv4 packets as having met congestion (RFC 3168) and repairs the checksum. Packets whose
 * ends do not know of such marks are dropped, unless FORCE is true (default false).
 *
 * <pre>{@code
 * red[1] -> MarkIPCE -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(
        name = "MarkIPCE",
        drops = {"noIpHeader", "notEcnCapable"})
public final class MarkIpCe extends Element {
    private static final int CONGESTION_EXPERIENCED = 3;

    private boolean force;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noHeader;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter notCapable;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        force = arguments.optional("FORCE", ArgumentTypes::bool, false);
    }

    @Override
    protected void initialize() {
        noHeader = drops(IpBounds.NO_HEADER);
        notCapable = drops("notEcnCapable");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (!IpBounds.hasFixedHeader(packet)) {
            noHeader.drop(packet);
            return null;
        }
        if (!force && SetIpEcn.of(packet) == 0) {
            notCapable.drop(packet);
            return null;
        }
        return SetIpEcn.marked(packet, CONGESTION_EXPERIENCED);
    }
}
