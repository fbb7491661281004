package vini.forwarder.elements.device;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.EtherAddress;

/**
 * A tun device of the kernel: IP packets that it gets go to the kernel, and what the kernel sends
 * to the device's network comes out. The kernel's own address there is ADDR in the network
 * ADDR/MASK; so packets to ADDR stay with the kernel, and those to other addresses of the network
 * come here. What is no IP packet goes to output 1, or is dropped.
 *
 * <ul>
 *   <li>GATEWAY: an address of the network through which the default route leads (default: none)
 *   <li>MTU: the longest packet in bytes, 68 to 65535 (default 1500); longer ones are dropped
 *   <li>DEVNAME: the device's name, up to 15 bytes (default: the first free {@code tun0}, ...)
 *   <li>BURST: packets that are read at a time, 1 to 1024 (default 128)
 *   <li>NETNS: the network namespace of the device, such as {@code /run/netns/x}
 *   <li>ETHER, HEADROOM, IGNORE_QUEUE_OVERFLOWS: taken and not needed
 * </ul>
 *
 * <pre>{@code
 * tun :: KernelTun(10.9.0.1/24);
 * tun -> CheckIPHeader -> IPClassifier(icmp type echo) -> ICMPPingResponder -> tun;
 * }</pre>
 *
 * <p>Handlers: {@code count} (packets read), {@code dev_name} (read), {@code reset_counts} (write).
 */
@AutoService(Element.class)
@ElementClass(
        name = "KernelTun",
        ports = "0-1/1-2",
        processing = "a/h",
        flow = "x/y",
        drops = {"noRoom", "notIp", "notSent", "tooLong"})
public final class KernelTun extends TunElement {
    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        configureTun(arguments);
        EtherAddress _ = arguments.keyword("ETHER", addresses()::ether, EtherAddress.ZERO);
    }

    @Override
    @Nullable EtherAddress ether() {
        return null;
    }

    @Override
    int headerBytes() {
        return 0;
    }

    @Override
    void take(Packet packet) {
        int header = header(packet);
        if (header > 0) {
            packet.networkHeader(0);
            packet.transportHeader(header);
            emit(0, packet);
        } else if (hasOutput(1)) {
            emit(1, packet);
        } else {
            refuse(packet, notIp);
        }
    }

    /** The length of the IP header; 0 if there is none. */
    private static int header(Packet packet) {
        int version = packet.length() == 0 ? 0 : packet.u8(0) >> 4;
        if (version == 6 && packet.length() >= IPV6_BYTES) {
            return IPV6_BYTES;
        }
        int header = version == 4 ? (packet.u8(0) & 0x0f) << 2 : 0;
        return header >= IPV4_BYTES && header <= packet.length() ? header : 0;
    }
}
