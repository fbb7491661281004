package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.wire.ArpPacket;
import vini.net.wire.WireException;

import java.util.Map;
import java.util.TreeMap;

/**
 * Checks that there is a sound ARP packet for Ethernet and IPv4 at byte OFFSET (default 0; 14
 * behind an Ethernet header), and sets the network header to it.
 *
 * <p>Output 0 gets sound packets; the others go to output 1, or are dropped if that is not
 * connected. The first of them is told to the user, with VERBOSE true each of them. With DETAILS
 * true they are counted by reason.
 *
 * <pre>{@code
 * c[0] -> CheckARPHeader(14) -> [1]arp;
 * }</pre>
 *
 * <p>Handlers: {@code drops}, and with DETAILS {@code drop_details} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "CheckARPHeader", ports = "1/1-2", processing = "a/ah", drops = "badArp")
public final class CheckArpHeader extends Element {
    private static final int OFFSET_MAX = 65_535;

    private final Counter unsound = counter();

    /** At most one for each thing that can be wrong, since the numbers are left out. */
    private final Map<String, Long> reasons = new TreeMap<>();

    private int offset;
    private boolean verbose;
    private boolean details;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter badArp;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        offset = arguments.optional("OFFSET", ArgumentTypes.integer(0, OFFSET_MAX), 0);
        verbose = arguments.keyword("VERBOSE", ArgumentTypes::bool, false);
        details = arguments.keyword("DETAILS", ArgumentTypes::bool, false);
    }

    @Override
    protected void initialize() {
        badArp = drops("badArp");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        try {
            ArpPacket.parse(packet.buffer(), packet.start() + offset, packet.length() - offset);
            packet.networkHeader(offset);
            return packet;
        } catch (WireException e) {
            String reason = String.valueOf(e.getMessage());
            if (verbose || unsound.value() == 0) {
                chatter(name() + ": " + reason);
            }
            unsound.increment();
            reasons.merge(reason.replaceAll("got -?[0-9]+|is [0-9]+", "wrong"), 1L, Long::sum);
            addOrDrop(1, packet, badArp);
            return null;
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("drops", unsound::value);
        if (details) {
            handlers.read("drop_details", this::details);
        }
    }

    private String details() {
        StringBuilder text = new StringBuilder();
        reasons.forEach((reason, n) -> text.append(n).append('\t').append(reason).append('\n'));
        return text.toString();
    }
}
