package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.Ipv4Address;

import java.util.List;

/**
 * Treats the IPv4 options that each router on the way treats: it writes its address into record
 * route, and the time into timestamp options (RFC 791 3.1), and repairs the checksum.
 *
 * <p>MYADDR is the address of the interface by which packets leave, so the element stands on the
 * output path (RFC 1812 4.2.2.2). OTHERADDRS is a list, with spaces, of the router's other
 * addresses, for timestamps that name who is to write one.
 *
 * <p>Output 1 gets packets whose options are wrong; the ICMP parameter problem annotation says
 * which byte is. Unwired, it drops them.
 *
 * <pre>{@code
 * rt[1] -> DropBroadcasts -> gio :: IPGWOptions(18.26.4.1, 18.32.9.44) -> FixIPSrc(18.26.4.1) -> ...;
 * gio[1] -> ICMPError(18.26.4.1, parameterproblem) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read): how many packets had wrong options.
 */
@AutoService(Element.class)
@ElementClass(
        name = "IPGWOptions",
        ports = "1/1-2",
        processing = "a/ah",
        live = true,
        drops = "badIpOptions")
public final class IpGatewayOptions extends Element {
    private final Counter wrong = counter();

    @SuppressWarnings("NullAway.Init") // set by configure
    private RouterOptions options;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter badOptions;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        Ipv4Address address = arguments.required("MYADDR", addresses()::ip);
        List<Ipv4Address> others =
                arguments.optional(
                        "OTHERADDRS", HeaderRules.list(addresses()::ip), List.<Ipv4Address>of());
        options = new RouterOptions(address, others);
    }

    @Override
    protected void initialize() {
        badOptions = drops("badIpOptions");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (!IpBounds.hasHeader(packet)) {
            wrong.increment();
            badOptions.drop(packet);
            return null;
        }
        if (RouterOptions.isWithout(packet)) {
            return packet;
        }
        Packet mine = packet.writable();
        if (treat(mine, options, loop().clock().epochNanos())) {
            return mine;
        }
        wrong.increment();
        addOrDrop(1, mine, badOptions);
        return null;
    }

    /** Treats the options; false if they are wrong, and then an annotation says where. */
    static boolean treat(Packet packet, RouterOptions options, long epochNanos) {
        int result = options.treat(packet, epochNanos);
        if (result >= 0) {
            Annotation problem = Annotation.ICMP_PARAMETER_PROBLEM;
            packet.annotation(problem.at(), problem.size(), result);
            return false;
        }
        if (result == RouterOptions.CHANGED) {
            IpFields.seal(packet, packet.networkHeader(), IpBounds.headerLength(packet));
        }
        return true;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("drops", wrong::value);
    }
}
