package vini.forwarder.elements.overlay;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.Ipv4Address;
import vini.net.wire.Ipv4Header;

import java.util.Arrays;

/**
 * Takes the router's packets out of what came in by the links: OSPF (protocol 89) to AllSPFRouters
 * or AllDRouters (224.0.0.5, 224.0.0.6; RFC 2328 A.1), or to one of the link addresses given.
 *
 * <p>Output 0 gets everything else, output 1 the router's packets.
 *
 * <pre>{@code
 * punt :: Punt(10.77.128.1, 10.77.128.6); punt[0] -> fib; punt[1] -> router;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "Punt", ports = "1/2", processing = "h/h")
public final class Punt extends Element {
    private static final int ALL_SPF_ROUTERS = 0xe0000005;
    private static final int ALL_D_ROUTERS = 0xe0000006;

    private int[] linkAddresses = {};

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        linkAddresses =
                arguments.rest("LINKADDR", Ipv4Address::parse).stream()
                        .mapToInt(Ipv4Address::bits)
                        .sorted()
                        .toArray();
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            output(isOspf(packet) && isForRouter(packet.destination()) ? 1 : 0).add(packet);
        }
        batch.recycle();
        flushOutputs();
    }

    /** Whether the packet is one of OSPF's; a graph may leave out the check of its header. */
    static boolean isOspf(Packet packet) {
        int at = packet.networkHeader() + Ipv4Header.PROTOCOL_AT;
        return at >= 0 && at < packet.length() && packet.u8(at) == Ipv4Header.OSPF;
    }

    private boolean isForRouter(int destination) {
        return destination == ALL_SPF_ROUTERS
                || destination == ALL_D_ROUTERS
                || Arrays.binarySearch(linkAddresses, destination) >= 0;
    }
}
