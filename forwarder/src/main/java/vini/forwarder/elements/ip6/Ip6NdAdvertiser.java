package vini.forwarder.elements.ip6;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.AddressNames;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.EtherAddress;
import vini.net.Prefix;
import vini.net.wire.EtherHeader;
import vini.net.wire.Icmpv6Header;
import vini.net.wire.NeighborMessage;
import vini.net.wire.WireException;

import java.util.List;

/**
 * Answers neighbor solicitations (RFC 4861) for the addresses that it is told: its own, or those of
 * others for whom it stands in.
 *
 * <p>Each argument is {@code IP6[/LENGTH] ETH}; the longest prefix that contains the address
 * counts. An answer for a single address overrides what others know, one for a network does not
 * (7.2.8). With ROUTER true (default false) answers say that a router speaks.
 *
 * <p>The input takes whole frames. What is no solicitation for one of the addresses is dropped.
 * Somebody who has no address yet and asks whether one is free gets the answer by a message to all
 * (7.2.4).
 *
 * <pre>{@code
 * c :: Classifier(12/86dd 54/87, -);
 * c[0] -> IP6NDAdvertiser(3ffe:1ce1:2::5/128 00:00:C0:AE:67:EF, 3ffe:1ce1:2::/80 00:00:C0:AE:67:EF)
 *   -> ToDevice(eth0);
 * }</pre>
 *
 * <p>Handlers: {@code table} (read: {@code PREFIX ETH} a line).
 */
@AutoService(Element.class)
@ElementClass(name = "IP6NDAdvertiser", drops = "notAsked")
public final class Ip6NdAdvertiser extends Element {
    private static final int HOST_LENGTH = 128;

    private List<Entry> entries = List.of();
    private int routerFlag;
    private Counter sent = new Counter();
    private Counter delivered = new Counter();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter notAsked;

    private record Entry(Prefix prefix, EtherAddress ether) {
        static Entry parse(String text, AddressNames.Reader names) {
            String[] words = text.strip().split("\\s+", -1);
            if (words.length != 2) {
                throw new IllegalArgumentException(
                        "'" + text.strip() + "' is not IP6[/LENGTH] and an Ethernet address");
            }
            return new Entry(Ip6Route.prefix(words[0], names), names.ether(words[1]));
        }
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        boolean router = arguments.keyword("ROUTER", ArgumentTypes::bool, false);
        routerFlag = router ? NeighborMessage.ROUTER : 0;
        entries = arguments.rest("IP6 ETH", text -> Entry.parse(text, addresses()));
        // Stable: of two equal prefixes the first counts.
        entries.sort((a, b) -> b.prefix.length() - a.prefix.length());
    }

    @Override
    protected void initialize() {
        sent = sent();
        delivered = delivered();
        notAsked = drops("notAsked");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        NeighborMessage question;
        try {
            question = NeighborFrames.parse(packet);
        } catch (WireException e) {
            notAsked.drop(packet);
            return null;
        }
        Entry entry = lookup(question);
        if (entry == null) {
            notAsked.drop(packet);
            return null;
        }
        Packet answer = answer(packet, question, entry);
        sent.increment();
        delivered.increment();
        packet.kill();
        return answer;
    }

    private @Nullable Entry lookup(NeighborMessage question) {
        if (question.type() == Icmpv6Header.NEIGHBOR_SOLICITATION) {
            for (Entry entry : entries) {
                if (entry.prefix.contains(question.target())) {
                    return entry;
                }
            }
        }
        return null;
    }

    private Packet answer(Packet packet, NeighborMessage question, Entry entry) {
        boolean anonymous = question.source().equals(NeighborMessage.UNSPECIFIED);
        EtherAddress asker =
                new EtherAddress(
                        EtherHeader.address(
                                packet.buffer(), packet.start() + EtherHeader.SOURCE_AT));
        EtherAddress to = question.linkLayer() == null ? asker : question.linkLayer();
        int flags = routerFlag | (anonymous ? 0 : NeighborMessage.SOLICITED);
        if (entry.prefix.length() == HOST_LENGTH) {
            flags |= NeighborMessage.OVERRIDE;
        }
        NeighborMessage message =
                new NeighborMessage(
                        Icmpv6Header.NEIGHBOR_ADVERTISEMENT,
                        question.target(),
                        anonymous ? NeighborMessage.ALL_NODES : question.source(),
                        flags,
                        question.target(),
                        entry.ether);
        return NeighborFrames.make(
                loop().packets(),
                anonymous ? NeighborMessage.etherGroup(NeighborMessage.ALL_NODES) : to,
                entry.ether,
                message);
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read(
                "table",
                () -> {
                    StringBuilder text = new StringBuilder();
                    entries.forEach(
                            e -> text.append(e.prefix).append(' ').append(e.ether).append('\n'));
                    return text.toString();
                });
    }
}
