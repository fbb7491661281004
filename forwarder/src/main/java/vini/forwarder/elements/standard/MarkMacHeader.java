package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Says where the link-level header of each packet begins, and perhaps where the network header
 * does.
 *
 * <p>Arguments: OFFSET, 0 to 65535 bytes from the packet's beginning (default 0); LENGTH, how long
 * the link-level header is, 0 to 65535 bytes: the network header begins behind it. With 0, the
 * default, nothing is said of the network header. Who reads the headers checks that they are there.
 *
 * <pre>{@code
 * ... -> MarkMACHeader(0, 14) -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "MarkMACHeader")
public final class MarkMacHeader extends Element {
    private int offset;
    private int length;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        offset = arguments.optional("OFFSET", ArgumentTypes.integer(0, Lengths.MAX), 0);
        length = arguments.optional("LENGTH", ArgumentTypes.integer(0, Lengths.MAX), 0);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        packet.macHeader(offset);
        if (length > 0) {
            packet.networkHeader(offset + length);
        }
        return packet;
    }
}
