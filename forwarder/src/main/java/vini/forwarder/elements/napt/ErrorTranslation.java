package vini.forwarder.elements.napt;

import vini.forwarder.Packet;
import vini.net.Checksum;
import vini.net.wire.IcmpHeader;
import vini.net.wire.Ipv4Header;

/**
 * Translates ICMP errors, with the packets that they quote: RFC 5508 section 4. Mappings are
 * neither refreshed nor ended by them.
 */
final class ErrorTranslation {
    /** The length of the quoted packet in words of 4 bytes, RFC 4884 section 4. */
    private static final int LENGTH_AT = 5;

    private final HeaderView quoted = new HeaderView();
    private Mappings mappings;

    ErrorTranslation(Mappings mappings) {
        this.mappings = mappings;
    }

    void settle(Mappings others) {
        mappings = others;
    }

    /**
     * Whether its checksum and that of the quoted IP header are right: RFC 5508 REQ-3. A whole
     * error, no fragment.
     */
    boolean isSound(Packet packet, HeaderView error) {
        int start = error.transport;
        int at = start + IcmpHeader.BYTES;
        if (error.isFragment()
                || error.end - at < Ipv4Header.BYTES
                || Checksum.of(packet.buffer(), packet.start() + start, error.end - start) != 0) {
            return false;
        }
        int header = (packet.u8(at) & 0x0f) << 2;
        return header >= Ipv4Header.BYTES
                && at + header <= error.end
                && Checksum.of(packet.buffer(), packet.start() + at, header) == 0;
    }

    private HeaderView.Kind readQuoted(Packet packet, HeaderView error) {
        int at = error.transport + IcmpHeader.BYTES;
        int words = packet.u8(error.transport + LENGTH_AT);
        // What follows that length is no part of the packet but an extension.
        int limit = words == 0 ? error.end : Math.min(error.end, at + words * Integer.BYTES);
        return quoted.readQuoted(packet, at, limit);
    }

    /**
     * Translates a sound error to an external address, about a packet that has left from there.
     *
     * @param packet writable
     * @return whether there is a mapping
     */
    boolean inwards(Packet packet, HeaderView error, long now) {
        HeaderView.Kind kind = readQuoted(packet, error);
        boolean ours = kind == HeaderView.Kind.TRANSPORT || kind == HeaderView.Kind.QUERY;
        if (!ours || quoted.source != error.destination) {
            return false;
        }
        int mapping = mappings.findLive(quoted.from() | Endpoint.OUTSIDE, now);
        if (mapping == Mappings.NONE) {
            return false;
        }
        MappingTable table = mappings.table;
        Rewriting.source(
                packet,
                quoted,
                table.inside(mapping),
                Rewriting.back(table.ipDelta(mapping)),
                Rewriting.back(table.transportDelta(mapping)));
        finish(packet, error, error.source, quoted.source);
        return true;
    }

    /** Translates a sound error of the inside, about a packet that has come in. */
    boolean outwards(Packet packet, HeaderView error, long now) {
        HeaderView.Kind kind = readQuoted(packet, error);
        if (quoted.source != error.destination) {
            return false;
        }
        if (kind == HeaderView.Kind.QUERY) {
            // Only another one of the inside can have asked; its identifier is its own already.
            int external = mappings.externalAddress(quoted.destination);
            Rewriting.addresses(packet, quoted.header, quoted.source, external);
            finish(packet, error, external, error.destination);
            return mappings.external.isOurs(error.destination);
        }
        if (kind != HeaderView.Kind.TRANSPORT && kind != HeaderView.Kind.REPLY) {
            return false;
        }
        int mapping = mappings.findLive(quoted.to(), now);
        if (mapping == Mappings.NONE) {
            return false;
        }
        MappingTable table = mappings.table;
        Rewriting.destination(
                packet,
                quoted,
                table.outside(mapping),
                table.ipDelta(mapping),
                table.transportDelta(mapping));
        finish(packet, error, quoted.destination, error.destination);
        return true;
    }

    private static void finish(Packet packet, HeaderView error, int source, int destination) {
        Rewriting.addresses(packet, error.header, source, destination);
        error.source = source;
        error.destination = destination;
        IcmpHeader.seal(
                packet.buffer(), packet.start() + error.transport, error.end - error.transport);
    }
}
