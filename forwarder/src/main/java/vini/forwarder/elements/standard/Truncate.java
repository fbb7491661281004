package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/**
 * Cuts packets off after LENGTH bytes.
 *
 * <p>Arguments: LENGTH, 0 to 65535 bytes; keyword EXTRA_LENGTH: whether the packet's extra length
 * annotation is to count the bytes that were cut off (default true), so that Pad can put as many
 * back.
 *
 * <pre>{@code
 * ... -> Truncate(96) -> ToDump(heads.pcap);
 * }</pre>
 *
 * <p>Handlers: {@code nbytes} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "Truncate", live = true)
public final class Truncate extends Element {
    private int length;
    private boolean extraLength;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        length = arguments.required("LENGTH", ArgumentTypes.integer(0, Lengths.MAX));
        extraLength = arguments.keyword("EXTRA_LENGTH", ArgumentTypes::bool, true);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        int over = packet.length() - length;
        if (over > 0) {
            packet.truncate(length);
            if (extraLength) {
                Annotation extra = Annotation.EXTRA_LENGTH;
                long before = packet.annotation(extra.at(), extra.size());
                packet.annotation(extra.at(), extra.size(), before + over);
            }
        }
        return packet;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("nbytes", () -> length);
        handlers.write(
                "nbytes", value -> length = ArgumentTypes.integer(0, Lengths.MAX).apply(value));
    }
}
