package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.forwarder.PacketType;
import vini.net.EtherAddress;
import vini.net.wire.EtherHeader;

/**
 * Takes frames in as the network card with the address ETHER would: sets the packet type (host,
 * broadcast, multicast, other host) by the destination address, and holds frames to others back.
 *
 * <p>DROP_OWN (default false) holds frames back that come from ETHER, DROP_OTHER (default true)
 * those to other single machines. The header begins at byte OFFSET (default 0). What is held back,
 * and what is too short for a header, goes to output 1, or is dropped if that is not connected.
 *
 * <pre>{@code
 * FromDevice(eth0) -> HostEtherFilter(00:00:C0:AE:67:EF) -> Classifier(12/0806, 12/0800) -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(
        name = "HostEtherFilter",
        ports = "1/1-2",
        processing = "a/ah",
        live = true,
        drops = {"otherHost", "ownSource", "tooShort"})
public final class HostEtherFilter extends Element {
    private static final int OFFSET_MAX = 65_535;

    private long own;
    private boolean dropOwn;
    private boolean dropOther;
    private int offset;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter ownSource;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter otherHost;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooShort;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        own = arguments.required("ETHER", addresses()::ether).bits();
        dropOwn = arguments.optional("DROP_OWN", ArgumentTypes::bool, false);
        dropOther = arguments.optional("DROP_OTHER", ArgumentTypes::bool, true);
        offset = arguments.keyword("OFFSET", ArgumentTypes.integer(0, OFFSET_MAX), 0);
    }

    @Override
    protected void initialize() {
        ownSource = drops("ownSource");
        otherHost = drops("otherHost");
        tooShort = drops("tooShort");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (packet.length() < offset + EtherHeader.BYTES) {
            addOrDrop(1, packet, tooShort);
            return null;
        }
        int header = packet.start() + offset;
        long source = EtherHeader.address(packet.buffer(), header + EtherHeader.SOURCE_AT);
        PacketType type =
                type(EtherHeader.address(packet.buffer(), header + EtherHeader.DESTINATION_AT));
        packet.type(type);
        if (dropOwn && source == own) {
            addOrDrop(1, packet, ownSource);
            return null;
        }
        if (dropOther && type == PacketType.OTHERHOST) {
            addOrDrop(1, packet, otherHost);
            return null;
        }
        return packet;
    }

    private PacketType type(long destination) {
        if (destination == own) {
            return PacketType.HOST;
        }
        if (destination == EtherAddress.BROADCAST.bits()) {
            return PacketType.BROADCAST;
        }
        return new EtherAddress(destination).isGroup()
                ? PacketType.MULTICAST
                : PacketType.OTHERHOST;
    }
}
