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
 * Sets each packet's aggregate annotation to its length in bytes, that of its extra length
 * annotation included. With IP true (default false) it counts from the network header on; packets
 * whose network header is not in them leave by output 1, or are dropped if there is no such output.
 *
 * <pre>{@code
 * ... -> AggregateLength -> AggregateCounter -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(
        name = "AggregateLength",
        ports = "1/1-2",
        processing = "a/ah",
        drops = "noNetworkHeader")
public final class AggregateLength extends Element {
    private boolean ip;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter noNetworkHeader;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        ip = arguments.keyword("IP", ArgumentTypes::bool, false);
    }

    @Override
    protected void initialize() {
        noNetworkHeader = drops("noNetworkHeader");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        int header = ip ? packet.networkHeader() : 0;
        if (header < 0 || ip && header >= packet.length()) {
            addOrDrop(1, packet, noNetworkHeader);
            return null;
        }
        Annotation extra = Annotation.EXTRA_LENGTH;
        long length = packet.length() - header + packet.annotation(extra.at(), extra.size());
        packet.annotation(Annotation.AGGREGATE.at(), Annotation.AGGREGATE.size(), length);
        return packet;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("drops", noNetworkHeader::value);
    }
}
