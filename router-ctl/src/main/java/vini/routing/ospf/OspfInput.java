package vini.routing.ospf;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.net.Checksum;
import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;
import vini.net.wire.WireException;
import vini.routing.ospf.NeighborMachine.State;
import vini.routing.ospf.wire.DatabaseDescription;
import vini.routing.ospf.wire.Hello;
import vini.routing.ospf.wire.LinkStateAck;
import vini.routing.ospf.wire.LinkStateRequest;
import vini.routing.ospf.wire.LinkStateUpdate;
import vini.routing.ospf.wire.OspfPacket;

/** What comes in by a link, checked as RFC 2328 8.2 says, every byte of it hostile until then. */
final class OspfInput {
    private final OspfRouter router;

    OspfInput(OspfRouter router) {
        this.router = router;
    }

    void packet(OspfLink link, ByteBuf ip) {
        if (link.hearsAgain(ip)) {
            return;
        }
        try {
            if (isForUs(link, ip)) {
                int start = ip.readerIndex();
                int header = Ipv4Header.headerLength(ip, start);
                int total = ip.getUnsignedShort(start + Ipv4Header.TOTAL_LENGTH_AT);
                ByteBuf payload = whole(link, ip, ip.slice(start + header, total - header));
                if (payload != null) {
                    dispatch(link, ip, OspfPacket.parse(payload, router.process().pool()));
                }
            }
        } catch (WireException malformed) {
            drop(link, DropReason.MALFORMED, String.valueOf(malformed.getMessage()));
        }
    }

    private static @Nullable ByteBuf whole(OspfLink link, ByteBuf ip, ByteBuf payload) {
        int start = ip.readerIndex();
        int field = ip.getUnsignedShort(start + Ipv4Header.FRAGMENT_AT);
        return isFragment(ip)
                ? link.reassembly()
                        .add(ip.getUnsignedShort(start + Ipv4Header.ID_AT), field, payload)
                : payload;
    }

    private static boolean isFragment(ByteBuf ip) {
        int field = ip.getUnsignedShort(ip.readerIndex() + Ipv4Header.FRAGMENT_AT);
        return (field & (Ipv4Header.MORE_FRAGMENTS | Ipv4Header.FRAGMENT_OFFSET_MASK)) != 0;
    }

    private boolean isForUs(OspfLink link, ByteBuf ip) {
        int start = ip.readerIndex();
        int available = ip.readableBytes();
        if (available < Ipv4Header.BYTES) {
            return drop(link, DropReason.IP_HEADER, available + " bytes");
        }
        int headerLength = Ipv4Header.headerLength(ip, start);
        int total = ip.getUnsignedShort(start + Ipv4Header.TOTAL_LENGTH_AT);
        if (ip.getUnsignedByte(start) >>> 4 != 4
                || headerLength < Ipv4Header.BYTES
                || headerLength > total
                || total > available) {
            return drop(
                    link,
                    DropReason.IP_HEADER,
                    "header of " + headerLength + " bytes, " + total + " of " + available);
        }
        if (Checksum.of(ip, start, headerLength) != 0) {
            return drop(link, DropReason.IP_CHECKSUM, "the header checksum does not hold");
        }
        if (ip.getUnsignedByte(start + Ipv4Header.PROTOCOL_AT) != Ipv4Header.OSPF) {
            return drop(link, DropReason.IP_HEADER, "no OSPF packet");
        }
        int destination = ip.getInt(start + Ipv4Header.DESTINATION_AT);
        if (destination != OspfLink.ALL_SPF_ROUTERS
                && destination != link.config().local().bits()) {
            return drop(link, DropReason.DESTINATION, "to " + new Ipv4Address(destination));
        }
        int source = ip.getInt(start + Ipv4Header.SOURCE_AT);
        if (source != link.config().peer().bits()) {
            return drop(
                    link,
                    DropReason.SOURCE,
                    "from " + new Ipv4Address(source) + ", want " + link.config().peer());
        }
        return true;
    }

    private void dispatch(OspfLink link, ByteBuf ip, OspfPacket packet) {
        if (packet.areaId() != OspfRouter.AREA) {
            drop(link, DropReason.AREA, "area " + new Ipv4Address(packet.areaId()) + ", want 0");
            return;
        }
        if (packet.routerId() == 0 || packet.routerId() == router.routerId()) {
            drop(link, DropReason.ROUTER_ID, "router id " + new Ipv4Address(packet.routerId()));
            return;
        }
        if (packet.message() instanceof Hello hello) {
            if (link.receive(hello, packet.routerId()) && !isFragment(ip)) {
                link.heard(ip);
            }
            return;
        }
        Neighbor from = link.neighbor();
        if (from == null || from.routerId() != packet.routerId()) {
            drop(
                    link,
                    DropReason.NEIGHBOR_STATE,
                    packet.message().type() + " of " + new Ipv4Address(packet.routerId()));
            return;
        }
        if (packet.message() instanceof DatabaseDescription description) {
            from.receive(description);
            return;
        }
        if (!from.isAtLeast(State.EXCHANGE)) {
            drop(link, DropReason.NEIGHBOR_STATE, packet.message().type() + " in " + from.state());
            return;
        }
        switch (packet.message()) {
            case LinkStateRequest request -> from.receive(request);
            case LinkStateUpdate update -> router.flooding().receive(from, update);
            case LinkStateAck ack -> from.receive(ack);
            case Hello hello -> throw new IllegalStateException("dispatched already: " + hello);
            case DatabaseDescription dd ->
                    throw new IllegalStateException("dispatched already: " + dd);
        }
    }

    private boolean drop(OspfLink link, DropReason reason, String detail) {
        router.drop(link.config().link(), reason, detail);
        return false;
    }
}
