package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.EtherAddress;
import vini.net.IpAddress;
import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.net.wire.ArpPacket;
import vini.net.wire.EtherHeader;
import vini.net.wire.WireException;

/**
 * Puts IPv4 packets into Ethernet frames to the address that ARP (RFC 826) finds for their
 * destination annotation. While there is no answer the packets wait.
 *
 * <p>Arguments: IP is our address, with a length ({@code 10.0.0.1/24}) if the network's broadcast
 * address is to be known, and ETH our Ethernet address; one name that AddressInfo gives may stand
 * for both. Keywords:
 *
 * <ul>
 *   <li>TABLE: an ARPTable to use, shared with others; then CAPACITY, ENTRY_CAPACITY,
 *       ENTRY_PACKET_CAPACITY and TIMEOUT, which are explained there, mean nothing here.
 *   <li>POLL_TIMEOUT: the age of an answer (default 1 minute) from which on the use of it asks the
 *       neighbour again; 0: never. BROADCAST_POLL (default false): asks everybody then.
 *   <li>BROADCAST: the address whose packets go to everybody; default the last one of IP's network.
 * </ul>
 *
 * <p>Input 0 takes IP packets, input 1 the frames of ARP replies. Output 0 gives frames; questions
 * leave by output 1 if it is connected, else by output 0, too. Packets to 255.255.255.255 and
 * BROADCAST go to everybody, those to groups to 01-00-5E and the group's lower 23 bits (RFC 1112
 * 6.4), those to 0.0.0.0 are dropped. A neighbour is asked at most 10 times a second, and once a
 * second when it did not answer ten times.
 *
 * <pre>{@code
 * c :: Classifier(12/0806 20/0002, 12/0800, -);
 * arp :: ARPQuerier(18.26.4.24, 00:00:C0:AE:67:EF);
 * c[0] -> [1]arp;
 * c[1] -> ... -> [0]arp -> ... -> ToDevice(eth0);
 * }</pre>
 *
 * <p>Handlers: {@code ipaddr} (read, write), {@code broadcast}, {@code queries}, {@code responses},
 * {@code drops}, {@code stats} (read), and those of ARPTable: {@code table}, {@code count}, {@code
 * length} (read), {@code insert}, {@code delete}, {@code clear} (write).
 */
@AutoService(Element.class)
@ElementClass(
        name = "ARPQuerier",
        ports = "2/1-2",
        processing = "h/h",
        flow = "xy/x",
        drops = {"arpCleared", "arpFull", "arpTimeout", "badArp", "noDestination"})
public final class ArpQuerier extends NeighborAsker {
    static final long QUERY_NANOS = 100_000_000L;

    private static final long MINUTE = 60_000_000_000L;
    private static final int BROADCAST_IP = 0xffffffff;
    private static final long MULTICAST_ETHER = 0x01005e000000L;

    private Ipv4Address ip = Ipv4Address.ANY;
    private EtherAddress ether = EtherAddress.ZERO;

    /** Without one it is 0.0.0.0, which is dropped anyway. */
    private Ipv4Address broadcast = Ipv4Address.ANY;

    private boolean pollsAll;
    private String tableName = "";

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        String name = arguments.required("IP", String::strip);
        int slash = name.indexOf('/');
        String address = slash < 0 ? name : name.substring(0, slash);
        ip = read(address);
        EtherAddress given = arguments.optional("ETH", addresses()::ether, EtherAddress.ZERO);
        ether = given.equals(EtherAddress.ZERO) ? readEther(name) : given;
        broadcast = arguments.keyword("BROADCAST", addresses()::ip, lastOf(name));
        configure(arguments, QUERY_NANOS, MINUTE);
        pollsAll = arguments.keyword("BROADCAST_POLL", ArgumentTypes::bool, false);
        tableName = arguments.keyword("TABLE", String::strip, "");
    }

    private Ipv4Address read(String text) throws ConfigException {
        try {
            return addresses().ip(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("IP: " + e.getMessage());
        }
    }

    private EtherAddress readEther(String name) throws ConfigException {
        try {
            return addresses().ether(name);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("missing argument ETH");
        }
    }

    private Ipv4Address lastOf(String text) {
        try {
            Prefix net = addresses().prefix(text);
            return net.address() instanceof Ipv4Address first && net.length() < 31
                    ? new Ipv4Address(first.bits() | ~Ipv4Address.mask(net.length()))
                    : Ipv4Address.ANY;
        } catch (IllegalArgumentException e) {
            return Ipv4Address.ANY;
        }
    }

    @Override
    protected void initialize() throws ConfigException {
        ArpTable shared = tableName.isEmpty() ? null : named(tableName, ArpTable.class);
        if (shared == null && !tableName.isEmpty()) {
            throw new ConfigException("TABLE: there is no ARPTable '" + tableName + "'");
        }
        initialize(
                shared == null ? null : shared.table(),
                new NeighborTable.Drops(drops("arpFull"), drops("arpTimeout"), drops("arpCleared")),
                "badArp");
    }

    @Override
    protected void forward(Packet packet) {
        int to = packet.destination();
        if (to == 0) {
            refuse(packet);
        } else if (to == BROADCAST_IP || to == broadcast.bits()) {
            send(packet, EtherAddress.BROADCAST.bits());
        } else if (to >>> 28 == 0xe) {
            send(packet, MULTICAST_ETHER | to & 0x7fffff);
        } else {
            resolve(packet, new Ipv4Address(to));
        }
    }

    @Override
    protected void send(Packet packet, long destination) {
        output(0).add(Frames.encapsulate(packet, destination, ether.bits(), EtherHeader.IPV4));
    }

    @Override
    protected Packet question(IpAddress target, @Nullable EtherAddress known) {
        ArpPacket arp =
                new ArpPacket(
                        ArpPacket.REQUEST, ether, ip, EtherAddress.ZERO, (Ipv4Address) target);
        EtherAddress to = known == null || pollsAll ? EtherAddress.BROADCAST : known;
        return Frames.arp(loop().packets(), to, arp);
    }

    /** RFC 826: what we have is renewed by any answer; what is new only by one to us. */
    @Override
    protected boolean learn(Packet frame) throws WireException {
        ArpPacket arp = Frames.arp(frame);
        EtherAddress sender = arp.senderEther();
        if (sender.isGroup() || sender.equals(EtherAddress.ZERO)) {
            throw new WireException("an ARP sender is no single machine");
        }
        boolean reply = arp.operation() == ArpPacket.REPLY;
        if (reply && (arp.targetIp().equals(ip) || table().has(arp.senderIp()))) {
            insert(arp.senderIp(), sender);
        }
        return reply;
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        NeighborArguments.handlers(
                handlers, this::table, addresses(), addresses()::ip, this::insert);
        handlers.read("ipaddr", () -> ip).read("broadcast", () -> broadcast);
        handlers.write("ipaddr", value -> ip = addresses().ip(value.strip()));
        handlers.read(
                "stats",
                () -> "%d packets killed\n%d ARP queries sent\n".formatted(dropped(), queries()));
    }
}
