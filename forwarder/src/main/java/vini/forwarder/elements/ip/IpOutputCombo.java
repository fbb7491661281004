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
import vini.forwarder.Packet;
import vini.net.Ipv4Address;

import java.util.List;

/**
 * Does in one element what an IP router does with each packet on its way out: {@code DropBroadcasts
 * -> PaintTee(COLOR) -> IPGWOptions(IPADDR) -> FixIPSrc(IPADDR) -> DecIPTTL -> CheckLength(MTU)}.
 *
 * <p>Output 0 gets the packets that may go; output 1 a copy of those with paint COLOR, for a
 * redirect; output 2 those with wrong options; output 3 those whose time is up; output 4 those that
 * are longer than MTU, for IPFragmenter.
 *
 * <pre>{@code
 * rt[1] -> out :: IPOutputCombo(1, 18.26.4.24, 1500) -> arp;
 * out[1] -> ICMPError(18.26.4.24, redirect, host) -> rt;
 * out[2] -> ICMPError(18.26.4.24, parameterproblem) -> rt;
 * out[3] -> ICMPError(18.26.4.24, timeexceeded) -> rt;
 * out[4] -> fr :: IPFragmenter(1500) -> arp;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(
        name = "IPOutputCombo",
        ports = "1/5",
        processing = "h/h",
        drops = {"linkBroadcast", "noIpHeader"})
public final class IpOutputCombo extends Element {
    private int color;
    private int address;
    private int mtu;
    private Counter sent = new Counter();

    @SuppressWarnings("NullAway.Init") // set by configure
    private RouterOptions options;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter broadcast;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noHeader;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        color = arguments.required("COLOR", ArgumentTypes.integer(0, 255));
        Ipv4Address own = arguments.required("IPADDR", addresses()::ip);
        mtu = arguments.required("MTU", ArgumentTypes.integer(0, 0xffff));
        address = own.bits();
        options = new RouterOptions(own, List.of());
    }

    @Override
    protected void initialize() {
        sent = sent();
        broadcast = drops("linkBroadcast");
        noHeader = drops(IpBounds.NO_HEADER);
    }

    @Override
    protected @Nullable Packet simpleAction(Packet arrived) {
        Packet packet = arrived;
        if (DropBroadcasts.isBroadcast(packet)) {
            broadcast.drop(packet);
            return null;
        }
        if (!IpBounds.hasHeader(packet)) {
            noHeader.drop(packet);
            return null;
        }
        if (packet.paint() == color) {
            sent.increment();
            output(1).add(packet.share());
        }
        if (!RouterOptions.isWithout(packet)) {
            packet = packet.writable();
            if (!IpGatewayOptions.treat(packet, options, loop().clock().epochNanos())) {
                output(2).add(packet);
                return null;
            }
        }
        if (FixIpSrc.isWished(packet)) {
            packet = FixIpSrc.fixed(packet, address);
        }
        if (DecIpTtl.isExpired(packet)) {
            output(3).add(packet);
            return null;
        }
        packet = DecIpTtl.decremented(packet);
        if (packet.length() > mtu) {
            output(4).add(packet);
            return null;
        }
        return packet;
    }
}
