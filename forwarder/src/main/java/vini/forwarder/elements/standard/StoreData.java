package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Writes DATA into each packet, from OFFSET on; what would lie beyond the packet's end is left out.
 *
 * <p>Arguments: OFFSET, 0 to 65535 bytes; DATA, a string or bytes.
 *
 * <pre>{@code
 * ... -> StoreData(12, \<08 00>) -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "StoreData", live = true)
public final class StoreData extends Element {
    private int offset;
    private byte[] data = {};

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        offset = arguments.required("OFFSET", ArgumentTypes.integer(0, Lengths.MAX));
        data = arguments.required("DATA", ArgumentTypes::data);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        int length = Math.min(data.length, packet.length() - offset);
        if (length <= 0) {
            return packet;
        }
        Packet written = packet.writable();
        written.buffer().setBytes(written.start() + offset, data, 0, length);
        return written;
    }
}
