package vini.forwarder.elements.measure;

import com.google.auto.service.AutoService;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Sets each packet's aggregate annotation to its paint annotation, or to the BITS lowest bits of
 * that (1 to 8, default 8). With INCREMENTAL true (default false) it shifts the old annotation to
 * the left by BITS and puts the paint behind it.
 *
 * <pre>{@code
 * ... -> Paint(3) -> AggregatePaint -> AggregateCounter -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "AggregatePaint")
public final class AggregatePaint extends Element {
    private static final int PAINT_BITS = 8;

    private int bits;
    private boolean incremental;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        bits = arguments.optional("BITS", ArgumentTypes.integer(1, PAINT_BITS), PAINT_BITS);
        incremental = arguments.keyword("INCREMENTAL", ArgumentTypes::bool, false);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        Annotation aggregate = Annotation.AGGREGATE;
        long value = packet.paint() & (1 << bits) - 1;
        if (incremental) {
            value |= packet.annotation(aggregate.at(), aggregate.size()) << bits;
        }
        packet.annotation(aggregate.at(), aggregate.size(), value);
        return packet;
    }
}
