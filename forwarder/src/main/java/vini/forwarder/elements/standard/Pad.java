package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Makes short packets longer.
 *
 * <p>Arguments: LENGTH, 0 to 65535, how many bytes a packet must have at least. If it is left out,
 * a packet gets as many more bytes as its extra length annotation says, that is, those which a
 * capture or Truncate has cut off, up to 65535 in all. Keyword ZERO: false to leave the new bytes
 * as they happen to be; here they are zero either way. The extra length annotation becomes 0.
 *
 * <pre>{@code
 * ... -> Pad(60) -> ToDevice(eth0);
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "Pad", live = true)
public final class Pad extends Element {
    private int length;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        length = arguments.optional("LENGTH", ArgumentTypes.integer(0, Lengths.MAX), -1);
        boolean _ = arguments.keyword("ZERO", ArgumentTypes::bool, true);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        Annotation extra = Annotation.EXTRA_LENGTH;
        long wanted =
                length >= 0
                        ? length
                        : packet.length() + packet.annotation(extra.at(), extra.size());
        packet.annotation(extra.at(), extra.size(), 0);
        int missing = (int) Math.min(wanted, Lengths.MAX) - packet.length();
        return missing > 0 ? Lengths.grow(packet, missing) : packet;
    }
}
