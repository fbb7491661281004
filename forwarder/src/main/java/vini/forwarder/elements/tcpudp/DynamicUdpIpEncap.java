package vini.forwarder.elements.tcpudp;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Puts a UDP and an IP header in front of each packet, as UDPIPEncap does, and counts both ports up
 * by one after every INTERVAL packets; after 65535 comes 0.
 *
 * <p>Arguments: SRC, SPORT, DST, DPORT and CHECKSUM as those of UDPIPEncap; INTERVAL in packets (0
 * or more, default 0: the ports stay).
 *
 * <pre>{@code
 * source -> DynamicUDPIPEncap(1.0.0.1, 1234, 2.0.0.2, 1234, 1, 10) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code src}, {@code sport}, {@code dst}, {@code dport} (read and write).
 */
@AutoService(Element.class)
@ElementClass(name = "DynamicUDPIPEncap", drops = "tooLong")
public final class DynamicUdpIpEncap extends UdpEncapsulation {
    private int interval;
    private int sinceChange;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        super.configure(arguments);
        interval = arguments.optional("INTERVAL", ArgumentTypes.integer(0, Integer.MAX_VALUE), 0);
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        Packet wrapped = super.simpleAction(packet);
        if (interval > 0 && wrapped != null && ++sinceChange == interval) {
            sinceChange = 0;
            nextPorts();
        }
        return wrapped;
    }

    @Override
    protected void takeState(Element old) {
        super.takeState(old);
        if (isConfiguredAs(old)) {
            sinceChange = ((DynamicUdpIpEncap) old).sinceChange;
        }
    }
}
