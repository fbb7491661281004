package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Sets the timestamp of each packet.
 *
 * <p>Arguments: TIMESTAMP, in seconds since 1970; if it is left out, the time at which the packet
 * passes. Keyword FIRST: true to set the first timestamp annotation instead (default false).
 *
 * <pre>{@code
 * ... -> SetTimestamp -> Queue -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "SetTimestamp")
public final class SetTimestamp extends Element {
    private static final long NOW = Long.MIN_VALUE;

    private long nanos;
    private boolean first;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        nanos = arguments.optional("TIMESTAMP", Timestamps::signed, NOW);
        first = arguments.keyword("FIRST", ArgumentTypes::bool, false);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        long time = nanos == NOW ? loop().clock().epochNanos() : nanos;
        if (first) {
            Timestamps.first(packet, time);
        } else {
            packet.timestampNanos(time);
        }
        return packet;
    }
}
