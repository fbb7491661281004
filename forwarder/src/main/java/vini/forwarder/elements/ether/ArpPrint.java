package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.EtherAddress;
import vini.net.wire.ArpPacket;
import vini.net.wire.WireException;

/**
 * Prints ARP packets in a line each, as tcpdump does, after TAG, and passes them on.
 *
 * <p>Keywords: TIMESTAMP (default true) prints the packet's time in seconds since 1970, ETHER
 * (default false) the Ethernet addresses of its frame; with ACTIVE false nothing is printed.
 *
 * <pre>{@code
 * c[0] -> ARPPrint(in, ETHER true) -> [1]arp;
 * }</pre>
 *
 * <p>Handlers: {@code active} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "ARPPrint")
public final class ArpPrint extends Element {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private String tag = "";
    private boolean timestamp;
    private boolean addresses;
    private boolean active;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        tag = arguments.optional("TAG", ArgumentTypes::string, "");
        timestamp = arguments.keyword("TIMESTAMP", ArgumentTypes::bool, true);
        addresses = arguments.keyword("ETHER", ArgumentTypes::bool, false);
        active = arguments.keyword("ACTIVE", ArgumentTypes::bool, true);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        if (active) {
            chatter(line(packet));
        }
        return packet;
    }

    private String line(Packet packet) {
        StringBuilder line = new StringBuilder();
        if (!tag.isEmpty()) {
            line.append(tag).append(": ");
        }
        if (timestamp) {
            long micros = packet.timestampNanos() / 1000;
            line.append(micros / MICROS_PER_SECOND);
            line.append(".%06d: ".formatted(micros % MICROS_PER_SECOND));
        }
        if (addresses && Frames.hasHeader(packet)) {
            line.append(new EtherAddress(Frames.source(packet))).append(" > ");
            line.append(new EtherAddress(Frames.destination(packet))).append(": ");
        }
        try {
            return line.append(text(Frames.arp(packet))).toString();
        } catch (WireException e) {
            return line.append("(").append(e.getMessage()).append(")").toString();
        }
    }

    private static String text(ArpPacket arp) {
        return switch (arp.operation()) {
            case ArpPacket.REQUEST -> "arp who-has " + arp.targetIp() + " tell " + arp.senderIp();
            case ArpPacket.REPLY -> "arp reply " + arp.senderIp() + " is-at " + arp.senderEther();
            default -> "arp operation " + arp.operation();
        };
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("active", () -> active);
        handlers.write("active", value -> active = ArgumentTypes.bool(value));
    }
}
