package vini.forwarder.elements.ip6;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.elements.ether.NeighborArguments;
import vini.forwarder.elements.ether.NeighborAsker;
import vini.forwarder.elements.ether.NeighborTable;
import vini.net.EtherAddress;
import vini.net.IpAddress;
import vini.net.Ipv6Address;
import vini.net.wire.EtherHeader;
import vini.net.wire.Icmpv6Header;
import vini.net.wire.NeighborMessage;
import vini.net.wire.WireException;

/**
 * Puts IPv6 packets into Ethernet frames to the address that Neighbor Discovery (RFC 4861) finds
 * for their IPv6 destination annotation. While there is no answer the packets wait.
 *
 * <p>IP6 is our address, ETH our Ethernet address. Keywords as ARPQuerier has them: CAPACITY,
 * ENTRY_CAPACITY, ENTRY_PACKET_CAPACITY, TIMEOUT (default 5 minutes), and POLL_TIMEOUT, the age of
 * an answer (default 30 s) from which on its use asks the neighbour itself again; 0: never.
 *
 * <p>Input 0 takes IPv6 packets, input 1 frames with advertisements. Output 0 gives frames;
 * solicitations leave by output 1 if it is connected, else by output 0, too. A neighbour is asked
 * at most once a second, whenever a packet to it comes. Packets to groups go to 33-33 and the
 * group's lower 32 bits (RFC 2464 7); those to {@code ::} are dropped.
 *
 * <pre>{@code
 * c :: Classifier(12/86dd 20/3aff 54/87, 12/86dd 20/3aff 54/88, 12/86dd);
 * nds :: IP6NDSolicitor(3ffe:1ce1:2::1, 00:e0:29:05:e5:6f);
 * c[1] -> [1]nds;
 * c[2] -> ... -> [0]nds -> ... -> ToDevice(eth0);
 * }</pre>
 *
 * <p>Handlers: {@code table}, {@code count}, {@code length}, {@code queries}, {@code responses},
 * {@code drops} (read), {@code insert}, {@code delete}, {@code clear} (write), as ARPQuerier has
 * them.
 */
@AutoService(Element.class)
@ElementClass(
        name = "IP6NDSolicitor",
        ports = "2/1-2",
        processing = "h/h",
        flow = "xy/x",
        drops = {
            "badNeighborMessage",
            "neighborTimeout",
            "neighborsCleared",
            "neighborsFull",
            "noDestination"
        })
public final class Ip6NdSolicitor extends NeighborAsker {
    /** RETRANS_TIMER and REACHABLE_TIME, RFC 4861 10. */
    private static final long QUERY_NANOS = 1_000_000_000L;

    private static final long POLL_NANOS = 30_000_000_000L;

    private Ipv6Address ip = NeighborMessage.UNSPECIFIED;
    private EtherAddress ether = EtherAddress.ZERO;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        ip = arguments.required("IP6", addresses()::ip6);
        ether = arguments.required("ETH", addresses()::ether);
        configure(arguments, QUERY_NANOS, POLL_NANOS);
    }

    @Override
    protected void initialize() {
        initialize(
                null,
                new NeighborTable.Drops(
                        drops("neighborsFull"),
                        drops("neighborTimeout"),
                        drops("neighborsCleared")),
                "badNeighborMessage");
    }

    @Override
    protected void forward(Packet packet) {
        Ipv6Address to = new Ipv6Address(Ip6.destinationHigh(packet), Ip6.destinationLow(packet));
        if (to.equals(NeighborMessage.UNSPECIFIED)) {
            refuse(packet);
        } else if (NeighborMessage.isGroup(to)) {
            send(packet, NeighborMessage.etherGroup(to).bits());
        } else {
            resolve(packet, to);
        }
    }

    @Override
    protected void send(Packet packet, long destination) {
        Packet frame = packet.prepend(EtherHeader.BYTES);
        EtherHeader.set(frame.buffer(), frame.start(), destination, ether.bits(), EtherHeader.IPV6);
        frame.macHeader(0);
        output(0).add(frame);
    }

    @Override
    protected Packet question(IpAddress target, @Nullable EtherAddress known) {
        Ipv6Address asked = (Ipv6Address) target;
        Ipv6Address to = known == null ? NeighborMessage.solicitedNode(asked) : asked;
        EtherAddress toEther = known == null ? NeighborMessage.etherGroup(to) : known;
        NeighborMessage message =
                new NeighborMessage(Icmpv6Header.NEIGHBOR_SOLICITATION, ip, to, 0, asked, ether);
        return NeighborFrames.make(loop().packets(), toEther, ether, message);
    }

    @Override
    protected boolean learn(Packet frame) throws WireException {
        NeighborMessage message = NeighborFrames.parse(frame);
        boolean answer = message.type() == Icmpv6Header.NEIGHBOR_ADVERTISEMENT;
        if (answer && table().has(message.target())) {
            learn(message);
        }
        return answer;
    }

    /** RFC 4861 7.2.5: nobody is told of whom we did not ask; a proxy does not override. */
    private void learn(NeighborMessage message) throws WireException {
        NeighborTable.Neighbor known = table().known(message.target());
        EtherAddress told = message.linkLayer();
        if (told == null) {
            if (known != null && (message.flags() & NeighborMessage.SOLICITED) != 0) {
                insert(message.target(), known.ether());
            }
            return;
        }
        if (told.isGroup() || told.equals(EtherAddress.ZERO)) {
            throw new WireException("a neighbor is no single machine");
        }
        boolean overrides = (message.flags() & NeighborMessage.OVERRIDE) != 0;
        if (known == null || overrides || known.ether().equals(told)) {
            insert(message.target(), told);
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        NeighborArguments.handlers(
                handlers, this::table, addresses(), addresses()::ip6, this::insert);
    }
}
