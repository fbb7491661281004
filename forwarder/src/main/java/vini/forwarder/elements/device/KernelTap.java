package vini.forwarder.elements.device;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.EtherAddress;

/**
 * A tap device of the kernel: Ethernet frames that it gets go to the kernel, and what the kernel
 * sends by the device comes out. The kernel has the address ADDR of the network ADDR/MASK there,
 * and asks by ARP for the others.
 *
 * <ul>
 *   <li>GATEWAY: an address of the network through which the default route leads (default: none)
 *   <li>ETHER: the device's Ethernet address (default 00:01:02:03:04:05); the kernel ignores frames
 *       to another one
 *   <li>MTU: the longest packet in bytes, without the Ethernet header, 68 to 65535 (default 1500);
 *       longer ones are dropped
 *   <li>DEVNAME: the device's name, up to 15 bytes (default: the first free {@code tap0}, ...)
 *   <li>BURST: packets that are read at a time, 1 to 1024 (default 128)
 *   <li>NETNS: the network namespace of the device, such as {@code /run/netns/x}
 *   <li>HEADROOM, IGNORE_QUEUE_OVERFLOWS: taken and not needed
 * </ul>
 *
 * <pre>{@code
 * tap :: KernelTap(192.0.2.1/24) -> c :: Classifier(12/0806, 12/0800);
 * c[0] -> ARPResponder(0.0.0.0/0 00:00:5e:00:53:01) -> tap;
 * c[1] -> Strip(14) -> CheckIPHeader -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code count} (frames read), {@code dev_name} (read), {@code reset_counts} (write).
 */
@AutoService(Element.class)
@ElementClass(
        name = "KernelTap",
        ports = "0-1/1-2",
        processing = "a/h",
        flow = "x/y",
        drops = {"noRoom", "notIp", "notSent", "tooLong"})
public final class KernelTap extends TunElement {
    private static final EtherAddress DEFAULT = new EtherAddress(0x000102030405L);

    /** With a tag of IEEE 802.1Q. */
    private static final int HEADER_BYTES = 18;

    private EtherAddress ether = DEFAULT;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        configureTun(arguments);
        ether = arguments.keyword("ETHER", addresses()::ether, DEFAULT);
    }

    @Override
    EtherAddress ether() {
        return ether;
    }

    @Override
    int headerBytes() {
        return HEADER_BYTES;
    }

    @Override
    void take(Packet packet) {
        emit(0, packet);
    }
}
