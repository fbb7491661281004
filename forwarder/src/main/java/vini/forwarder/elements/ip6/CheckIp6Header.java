package vini.forwarder.elements.ip6;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.AddressNames;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.Ipv6Address;
import vini.net.wire.Ipv6Header;
import vini.net.wire.NeighborMessage;

import java.util.ArrayList;
import java.util.List;

/**
 * Checks that there is a sound IPv6 header at byte OFFSET (default 0): version, length, and a
 * source that is no group's address and none of BADADDRS (addresses with blanks between them; for
 * routers {@code ::} is one). Sets the network header, and cuts off bytes beyond the IPv6 length.
 *
 * <p>Output 0 gets sound packets; the others go to output 1, or are dropped if that is not
 * connected. The destination annotation is left to GetIP6Address.
 *
 * <pre>{@code
 * ... -> CheckIP6Header(:: ::1) -> GetIP6Address(24) -> LookupIP6Route(...) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code count}, {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "CheckIP6Header", ports = "1/1-2", processing = "a/ah", drops = "badIp6Header")
public final class CheckIp6Header extends Element {
    private static final int OFFSET_MAX = 65_535;

    private final Counter sound = counter();
    private final Counter unsound = counter();
    private List<Ipv6Address> bad = List.of();
    private int offset;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter badHeader;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        bad = arguments.optional("BADADDRS", text -> list(text, addresses()), List.of());
        offset = arguments.optional("OFFSET", ArgumentTypes.integer(0, OFFSET_MAX), 0);
    }

    private static List<Ipv6Address> list(String text, AddressNames.Reader names) {
        List<Ipv6Address> list = new ArrayList<>();
        for (String word : ArgumentTypes.string(text).strip().split("\\s+", -1)) {
            if (!word.isEmpty()) {
                list.add(names.ip6(word));
            }
        }
        return list;
    }

    @Override
    protected void initialize() {
        badHeader = drops("badIp6Header");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (!check(packet)) {
            unsound.increment();
            addOrDrop(1, packet, badHeader);
            return null;
        }
        sound.increment();
        return packet;
    }

    private boolean check(Packet packet) {
        if (!Ip6.hasHeader(packet, offset)) {
            return false;
        }
        int end = offset + Ipv6Header.BYTES + packet.u16(offset + Ipv6Header.PAYLOAD_LENGTH_AT);
        if (end > packet.length()) {
            return false;
        }
        Ipv6Address source = Ip6.address(packet, offset + Ipv6Header.SOURCE_AT);
        if (NeighborMessage.isGroup(source) || bad.contains(source)) {
            return false;
        }
        packet.truncate(end);
        packet.networkHeader(offset);
        return true;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", sound::value).read("drops", unsound::value);
    }
}
