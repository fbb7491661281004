package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.Ipv4Address;

import java.util.ArrayList;
import java.util.List;

/**
 * Does in one element what an IP router does with each Ethernet frame that it gets: {@code
 * Paint(COLOR) -> Strip(14) -> CheckIPHeader -> GetIPAddress(16)}. Unsound packets are dropped.
 *
 * <pre>{@code
 * c0[2] -> IPInputCombo(1, INTERFACES 18.26.4.24/24 18.26.7.1/24) -> rt;
 * }</pre>
 *
 * <p>Arguments: COLOR, 0-255; BADSRC, INTERFACES and GOODDST as CheckIPHeader has them (BADSRC may
 * stand second, and then 0.0.0.0 and 255.255.255.255 are bad as well).
 *
 * <p>Handlers: {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "IPInputCombo", drops = "badIpHeader")
public final class IpInputCombo extends Element {
    private static final int ETHER_BYTES = 14;

    private final Counter unsound = counter();
    private int color;

    @SuppressWarnings("NullAway.Init") // set by configure
    private HeaderRules rules;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter badHeader;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        color = arguments.required("COLOR", ArgumentTypes.integer(0, 255));
        List<Ipv4Address> given =
                arguments.optional(
                        "BADSRC", HeaderRules.list(addresses()::ip), List.<Ipv4Address>of());
        List<Ipv4Address> bad = new ArrayList<>(given);
        if (!given.isEmpty()) {
            bad.add(Ipv4Address.ANY);
            bad.add(new Ipv4Address(-1));
        }
        rules = HeaderRules.read(arguments, addresses(), 0, true, bad);
    }

    @Override
    protected void initialize() {
        badHeader = drops("badIpHeader");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        packet.paint(color);
        if (packet.length() >= ETHER_BYTES) {
            packet.strip(ETHER_BYTES);
            if (rules.check(packet) == HeaderRules.SOUND) {
                return packet;
            }
        }
        unsound.increment();
        badHeader.drop(packet);
        return null;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("drops", unsound::value);
    }
}
