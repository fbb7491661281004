package vini.forwarder.elements.measure;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/**
 * Sets each packet's aggregate annotation to a field of its IP header, transport header or payload.
 * Packets that lack the field (too short, a later fragment, another protocol) leave by output 1, or
 * are dropped if there is no such output.
 *
 * <p>FIELD is the name of a field or a place, and may have a mask:
 *
 * <ul>
 *   <li>{@code ip} with vers, hl, tos, dscp, ecn, len, id, off, rf, df, mf, fragoff, ttl, proto,
 *       sum, src, dst
 *   <li>{@code udp} with sport, dport, len, sum; {@code sport} and {@code dport} of UDP or TCP
 *   <li>{@code tcp} with sport, dport, seq, ack, hl, flags, fin, syn, rst, psh, ackf, urg, win,
 *       sum, urp
 *   <li>{@code icmp} with type, code, sum
 *   <li>{@code [AT]}, {@code [AT:BYTES]} or {@code [FROM-TO]} after ip, transp, data, tcp, udp or
 *       icmp: bytes of that header or of the payload, up to four; with curly brackets bits, up to
 *       32
 *   <li>{@code /N} after it: only the N top bits; {@code & MASK}: only the bits of the mask, which
 *       has one run of them; the value is shifted to the right
 * </ul>
 *
 * <p>Keywords: INCREMENTAL true shifts the old annotation to the left and puts the field behind it;
 * UNSHIFT_IP_ADDR true leaves a part of an IP address at its place in the address (defaults false).
 *
 * <pre>{@code
 * ... -> MarkIPHeader -> AggregateIP(ip src/8) -> AggregateCounter -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code header} (read: {@code ip}, {@code transp} or {@code payload}), {@code
 * bit_offset}, {@code bit_length}, {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(name = "AggregateIP", ports = "1/1-2", processing = "a/ah", drops = "noField")
public final class AggregateIp extends Element {
    private static final int SOURCE_BIT = 96;
    private static final int DESTINATION_BIT = 128;

    @SuppressWarnings("NullAway.Init") // set by configure
    private IpField field;

    private boolean incremental;

    /** How far the value is shifted back to its place in an address. */
    private int unshift;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noField;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        field = arguments.required("FIELD", IpField::parse);
        incremental = arguments.keyword("INCREMENTAL", ArgumentTypes::bool, false);
        if (arguments.keyword("UNSHIFT_IP_ADDR", ArgumentTypes::bool, false)) {
            unshift = unshift(field);
        }
    }

    private static int unshift(IpField field) {
        int end = field.bitOffset() + field.bitLength();
        if (field.base() != IpField.Base.IP) {
            return 0;
        }
        if (field.bitOffset() >= SOURCE_BIT && end <= DESTINATION_BIT) {
            return DESTINATION_BIT - end;
        }
        boolean inDestination = field.bitOffset() >= DESTINATION_BIT && end <= DESTINATION_BIT + 32;
        return inDestination ? DESTINATION_BIT + 32 - end : 0;
    }

    @Override
    protected void initialize() {
        noField = drops("noField");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        long value = field.find(packet);
        if (value == IpField.ABSENT) {
            addOrDrop(1, packet, noField);
            return null;
        }
        Annotation aggregate = Annotation.AGGREGATE;
        value <<= unshift;
        if (incremental) {
            long old = packet.annotation(aggregate.at(), aggregate.size());
            value += old << field.bitLength();
        }
        packet.annotation(aggregate.at(), aggregate.size(), value);
        return packet;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("header", field::base).read("bit_offset", field::bitOffset);
        handlers.read("bit_length", field::bitLength).read("drops", noField::value);
    }
}
