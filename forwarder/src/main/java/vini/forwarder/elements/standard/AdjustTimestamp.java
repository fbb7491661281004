package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/**
 * Adds TIME to the timestamp of each packet. Timestamps of zero, which say that there is none,
 * stay.
 *
 * <p>Arguments: TIME, in seconds, with a sign if need be. Keywords: FIRST, true to adjust the first
 * timestamp annotation instead (default false); ALL, true to adjust zeros as well (default false).
 *
 * <pre>{@code
 * FromDump(trace.pcap) -> AdjustTimestamp(-3600) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code time} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "AdjustTimestamp", live = true)
public final class AdjustTimestamp extends Element {
    private long nanos;
    private boolean first;
    private boolean all;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        nanos = arguments.required("TIME", Timestamps::signed);
        first = arguments.keyword("FIRST", ArgumentTypes::bool, false);
        all = arguments.keyword("ALL", ArgumentTypes::bool, false);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        long time = first ? Timestamps.first(packet) : packet.timestampNanos();
        if (time != 0 || all) {
            if (first) {
                Timestamps.first(packet, time + nanos);
            } else {
                packet.timestampNanos(time + nanos);
            }
        }
        return packet;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("time", () -> Timestamps.text(nanos));
        handlers.write("time", value -> nanos = Timestamps.signed(value));
    }
}
