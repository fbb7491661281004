package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.EtherAddress;
import vini.net.Ipv4Address;
import vini.net.wire.ArpPacket;
import vini.time.Timer;

/**
 * Tells DSTIP at DSTETH, unasked, that SRCIP has the Ethernet address SRCETH: an ARP reply in a
 * frame at once and every 10 seconds. ARPResponder is mostly what one wants.
 *
 * <pre>{@code
 * ARPFaker(18.26.4.1, 00:e0:2b:0b:1a:00, 18.26.4.99, 00:a0:c9:9c:fd:9c) -> ToDevice(eth0);
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "ARPFaker", ports = "0/1", processing = "h/h")
public final class ArpFaker extends Element {
    private static final long PERIOD_NANOS = 10_000_000_000L;

    private Counter sent = new Counter();

    @SuppressWarnings("NullAway.Init") // set by configure
    private ArpPacket reply;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Timer timer;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        Ipv4Address toIp = arguments.required("DSTIP", addresses()::ip);
        EtherAddress toEther = arguments.required("DSTETH", addresses()::ether);
        Ipv4Address ip = arguments.required("SRCIP", addresses()::ip);
        EtherAddress ether = arguments.required("SRCETH", addresses()::ether);
        reply = new ArpPacket(ArpPacket.REPLY, ether, ip, toEther, toIp);
    }

    @Override
    protected void initialize() {
        sent = sent();
        timer = timer(this::tell);
        timer.after(0);
    }

    private void tell() {
        Packet frame = Frames.arp(loop().packets(), reply.targetEther(), reply);
        frame.timestampNanos(loop().clock().epochNanos());
        sent.increment();
        timer.after(PERIOD_NANOS);
        output(0).push(frame);
    }
}
