package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.AddressNames;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.HandlerException;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.TableChanges;
import vini.net.EtherAddress;
import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.net.wire.ArpPacket;
import vini.net.wire.WireException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers ARP requests (RFC 826) for the addresses that it is told: its own, or those of others for
 * whom it stands in (proxy ARP).
 *
 * <p>Each argument is {@code IP[/LENGTH]... ETH}: addresses, or networks (also with a mask, {@code
 * 18.26.7.0/255.255.255.0}), and the Ethernet address that is told for them; a name that
 * AddressInfo gives may stand for an address, for an Ethernet address, or for both. The longest
 * network that contains an address counts.
 *
 * <p>The input takes whole frames. Output 0 gives replies, with the VLAN annotation of the request.
 * What is no request for one of the addresses goes to output 1, or is dropped if that is not
 * connected.
 *
 * <pre>{@code
 * c :: Classifier(12/0806 20/0001, -);
 * c[0] -> ARPResponder(18.26.4.24 18.26.7.0/24 00:00:C0:AE:67:EF) -> ToDevice(eth0);
 * }</pre>
 *
 * <p>Handlers: {@code table} (read: {@code NET ETH} a line), {@code lookup} (read with an address:
 * its Ethernet address, or nothing), {@code add} (write an argument as above), {@code remove}
 * (write {@code IP/LENGTH}).
 */
@AutoService(Element.class)
@ElementClass(
        name = "ARPResponder",
        ports = "1/1-2",
        processing = "a/ah",
        live = true,
        drops = "notAsked")
public final class ArpResponder extends Element {
    private static final int ENTRIES_MAX = 65_536;

    /** The longest first. */
    private static final Comparator<Prefix> ORDER =
            Comparator.comparingInt(Prefix::length)
                    .reversed()
                    .thenComparing(Comparator.naturalOrder());

    private final Map<Prefix, EtherAddress> table = new TreeMap<>(ORDER);
    private Map<Prefix, EtherAddress> configured = new TreeMap<>();
    private Counter sent = new Counter();
    private Counter delivered = new Counter();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter notAsked;

    private record Entry(List<Prefix> nets, EtherAddress ether) {
        static Entry parse(String text, AddressNames.Reader names) {
            List<Prefix> nets = new ArrayList<>();
            EtherAddress said = null;
            EtherAddress implied = null;
            for (String word : text.strip().split("\\s+", -1)) {
                Prefix net = net(word, names);
                EtherAddress ether = ether(word, names);
                if (net == null && ether == null) {
                    throw new IllegalArgumentException(
                            "'" + word + "' is neither an IP nor an Ethernet address");
                }
                if (net != null) {
                    nets.add(net);
                    implied = ether == null ? implied : ether;
                } else if (said != null) {
                    throw new IllegalArgumentException(
                            "'" + text.strip() + "' has two Ethernet addresses");
                } else {
                    said = ether;
                }
            }
            EtherAddress ether = said == null ? implied : said;
            if (nets.isEmpty() || ether == null) {
                throw new IllegalArgumentException(
                        "'" + text.strip() + "' is not IP[/LENGTH]... and an Ethernet address");
            }
            return new Entry(nets, ether);
        }

        /** An address is preferred to a network of the same name. */
        private static @Nullable Prefix net(String word, AddressNames.Reader names) {
            try {
                return Prefix.host(names.ip(word));
            } catch (IllegalArgumentException noAddress) {
                return netOnly(word, names);
            }
        }

        private static @Nullable Prefix netOnly(String word, AddressNames.Reader names) {
            try {
                return names.prefix(word);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        private static @Nullable EtherAddress ether(String word, AddressNames.Reader names) {
            try {
                return names.ether(word);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        table.clear();
        for (Entry entry : arguments.rest("IP/MASK ETH", text -> Entry.parse(text, addresses()))) {
            for (Prefix net : entry.nets) {
                if (table.put(net, entry.ether) != null) {
                    chatter("warning: multiple entries for " + net);
                }
            }
        }
    }

    @Override
    protected void initialize() {
        configured = new TreeMap<>(table);
        sent = sent();
        delivered = delivered();
        notAsked = drops("notAsked");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        ArpPacket request;
        try {
            request = Frames.arp(packet);
        } catch (WireException e) {
            addOrDrop(1, packet, notAsked);
            return null;
        }
        EtherAddress ether = lookup(request.targetIp());
        if (request.operation() != ArpPacket.REQUEST || ether == null) {
            addOrDrop(1, packet, notAsked);
            return null;
        }
        ArpPacket reply =
                new ArpPacket(
                        ArpPacket.REPLY,
                        ether,
                        request.targetIp(),
                        request.senderEther(),
                        request.senderIp());
        Packet answer = Frames.arp(loop().packets(), request.senderEther(), reply);
        Frames.vlanTci(answer, Frames.vlanTci(packet));
        sent.increment();
        delivered.increment();
        packet.kill();
        return answer;
    }

    private @Nullable EtherAddress lookup(Ipv4Address address) {
        for (Map.Entry<Prefix, EtherAddress> entry : table.entrySet()) {
            if (entry.getKey().contains(address)) {
                return entry.getValue();
            }
        }
        return null;
    }

    @Override
    protected void takeState(Element old) {
        ArpResponder other = (ArpResponder) old;
        TableChanges.goOn(
                other.configured,
                other.table,
                configured,
                (net, ether) -> {
                    if (ether == null) {
                        table.remove(net);
                    } else if (table.size() < ENTRIES_MAX) {
                        table.put(net, ether);
                    }
                });
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("table", this::text);
        handlers.read(
                "lookup",
                (Handlers.Read)
                        address -> {
                            EtherAddress found = lookup(addresses().ip(address.strip()));
                            return found == null ? "" : found.toString();
                        });
        handlers.write("add", this::add);
        handlers.write("remove", this::remove);
    }

    private void add(String text) throws HandlerException {
        Entry entry = Entry.parse(text, addresses());
        if (table.size() + entry.nets.size() > ENTRIES_MAX) {
            throw new HandlerException("the table is full: " + ENTRIES_MAX + " entries");
        }
        entry.nets.forEach(net -> table.put(net, entry.ether));
    }

    private void remove(String text) throws HandlerException {
        Prefix net = Entry.net(text.strip(), addresses());
        if (net == null || table.remove(net) == null) {
            throw new HandlerException("there is no entry '" + text.strip() + "'");
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        table.forEach((net, ether) -> text.append(net).append(' ').append(ether).append('\n'));
        return text.toString();
    }
}
