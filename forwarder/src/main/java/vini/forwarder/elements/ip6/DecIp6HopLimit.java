package vini.forwarder.elements.ip6;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.wire.Ipv6Header;

/**
 * Decrements the IPv6 hop limit.
 *
 * <p>Output 0 gets packets that may go on. Output 1, if connected, gets packets that may not,
 * unchanged, and usually leads to {@code ICMP6Error(ADDR, timeexceeded)}; else they are dropped.
 * What has no IPv6 header at its network header is dropped.
 *
 * <pre>{@code
 * ... -> CheckIP6Header -> dt :: DecIP6HLIM -> ...;
 * dt[1] -> ICMP6Error(2001:db8::1, timeexceeded) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read): how many packets expired.
 */
@AutoService(Element.class)
@ElementClass(
        name = "DecIP6HLIM",
        ports = "1/1-2",
        processing = "a/ah",
        drops = {"badIp6Header", "ttlExpired"})
public final class DecIp6HopLimit extends Element {
    private final Counter expired = counter();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter ttlExpired;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter badHeader;

    @Override
    protected void initialize() {
        ttlExpired = drops("ttlExpired");
        badHeader = drops("badIp6Header");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        int header = packet.networkHeader();
        if (!Ip6.hasHeader(packet, header)) {
            badHeader.drop(packet);
            return null;
        }
        int hopLimit = packet.u8(header + Ipv6Header.HOP_LIMIT_AT);
        if (hopLimit <= 1) {
            expired.increment();
            addOrDrop(1, packet, ttlExpired);
            return null;
        }
        Packet result = packet.writable();
        result.set8(header + Ipv6Header.HOP_LIMIT_AT, hopLimit - 1);
        return result;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("drops", expired::value);
    }
}
