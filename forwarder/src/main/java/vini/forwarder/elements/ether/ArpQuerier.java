package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
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
@ElementClass(name = "ARPQuerier", ports = "2/1-2", processing = "h/h", flow = "xy/x")
public final class ArpQuerier extends Element {
    static final long QUERY_NANOS = 100_000_000L;

    private static final long MINUTE = 60_000_000_000L;
    private static final int BROADCAST_IP = 0xffffffff;
    private static final long MULTICAST_ETHER = 0x01005e000000L;

    private final Counter queries = counter();
    private final Counter responses = counter();
    private Counter sent = new Counter();
    private Counter delivered = new Counter();
    private Ipv4Address ip = Ipv4Address.ANY;
    private EtherAddress ether = EtherAddress.ZERO;

    /** Without one it is 0.0.0.0, which is dropped anyway. */
    private Ipv4Address broadcast = Ipv4Address.ANY;

    private long pollNanos;
    private boolean pollsAll;
    private String tableName = "";

    @SuppressWarnings("NullAway.Init") // set by configure
    private NeighborTable.Limits limits;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private NeighborTable table;

    private boolean ownTable;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noDestination;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter badArp;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        String name = arguments.required("IP", String::strip);
        int slash = name.indexOf('/');
        String address = slash < 0 ? name : name.substring(0, slash);
        ip = read(address);
        EtherAddress given = arguments.optional("ETH", addresses()::ether, EtherAddress.ZERO);
        ether = given.equals(EtherAddress.ZERO) ? readEther(name) : given;
        broadcast = arguments.keyword("BROADCAST", addresses()::ip, lastOf(name));
        limits = NeighborArguments.limits(arguments, QUERY_NANOS);
        pollNanos = arguments.keyword("POLL_TIMEOUT", ArgumentTypes::nanos, MINUTE);
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
        sent = sent();
        delivered = delivered();
        noDestination = drops("noDestination");
        badArp = drops("badArp");
        if (tableName.isEmpty()) {
            ownTable = true;
            table =
                    new NeighborTable(
                            loop().clock(),
                            this::timer,
                            limits,
                            new NeighborTable.Drops(
                                    drops("arpFull"), drops("arpTimeout"), drops("arpCleared")));
            return;
        }
        ArpTable shared = named(tableName, ArpTable.class);
        if (shared == null) {
            throw new ConfigException("TABLE: there is no ARPTable '" + tableName + "'");
        }
        table = shared.table();
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            if (port == 0) {
                forward(batch.get(i));
            } else {
                learn(batch.get(i));
            }
        }
        batch.recycle();
        flushOutputs();
    }

    private void forward(Packet packet) {
        int to = packet.destination();
        if (to == 0) {
            noDestination.drop(packet);
        } else if (to == BROADCAST_IP || to == broadcast.bits()) {
            send(packet, EtherAddress.BROADCAST.bits());
        } else if (to >>> 28 == 0xe) {
            send(packet, MULTICAST_ETHER | to & 0x7fffff);
        } else {
            resolve(packet, new Ipv4Address(to));
        }
    }

    private void resolve(Packet packet, Ipv4Address to) {
        NeighborTable.Neighbor known = table.known(to);
        int vlan = Frames.vlanTci(packet);
        if (known == null && loop().packets().isFull()) {
            table.drops().full().drop(packet);
            return;
        }
        if (known == null) {
            if (table.mayAsk(table.save(to, packet))) {
                ask(to, EtherAddress.BROADCAST, vlan);
            }
            return;
        }
        EtherAddress target = known.ether();
        if (pollNanos > 0
                && loop().clock().nowNanos() - known.confirmedAt() >= pollNanos
                && table.mayAsk(known)) {
            ask(to, pollsAll ? EtherAddress.BROADCAST : target, vlan);
        }
        sendSaved(known);
        send(packet, target.bits());
    }

    private void send(Packet packet, long destination) {
        output(0).add(Frames.encapsulate(packet, destination, ether.bits(), EtherHeader.IPV4));
    }

    private void sendSaved(NeighborTable.Neighbor neighbor) {
        for (Packet packet = table.next(neighbor); packet != null; packet = table.next(neighbor)) {
            send(packet, neighbor.ether().bits());
        }
    }

    private void ask(Ipv4Address target, EtherAddress destination, int vlan) {
        ArpPacket arp = new ArpPacket(ArpPacket.REQUEST, ether, ip, EtherAddress.ZERO, target);
        Packet query = Frames.arp(loop().packets(), destination, arp);
        query.timestampNanos(loop().clock().epochNanos());
        Frames.vlanTci(query, vlan);
        queries.increment();
        sent.increment();
        if (hasOutput(1)) {
            output(1).push(query);
        } else {
            output(0).add(query);
        }
    }

    /** RFC 826: what we have is renewed by any answer; what is new only by one to us. */
    private void learn(Packet packet) {
        try {
            ArpPacket arp = Frames.arp(packet);
            EtherAddress sender = arp.senderEther();
            if (sender.isGroup() || sender.equals(EtherAddress.ZERO)) {
                throw new WireException("an ARP sender is no single machine");
            }
            if (arp.operation() == ArpPacket.REPLY) {
                responses.increment();
                if (arp.targetIp().equals(ip) || table.has(arp.senderIp())) {
                    insert(arp.senderIp(), sender);
                }
            }
            delivered.increment();
            packet.kill();
        } catch (WireException e) {
            badArp.drop(packet);
        }
    }

    private void insert(IpAddress address, EtherAddress answer) {
        sendSaved(table.confirm(address, answer));
        flushOutputs();
    }

    private long dropped() {
        return noDestination.value() + badArp.value() + table.drops().value();
    }

    @Override
    protected void handlers(Handlers handlers) {
        NeighborArguments.handlers(
                handlers, () -> table, addresses(), addresses()::ip, this::insert);
        handlers.read("ipaddr", () -> ip).read("broadcast", () -> broadcast);
        handlers.write("ipaddr", value -> ip = addresses().ip(value.strip()));
        handlers.read("queries", queries::value).read("responses", responses::value);
        handlers.read("drops", this::dropped);
        handlers.read(
                "stats",
                () ->
                        "%d packets killed\n%d ARP queries sent\n"
                                .formatted(dropped(), queries.value()));
    }

    @Override
    protected void takeState(Element old) {
        ArpQuerier other = (ArpQuerier) old;
        if (ownTable && other.ownTable) {
            table.take(other.table);
        }
    }

    @Override
    protected void close() {
        if (ownTable) {
            table.close();
        }
    }
}
