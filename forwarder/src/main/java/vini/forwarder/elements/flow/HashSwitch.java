package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Sends each packet to an output that depends on LENGTH of its bytes from OFFSET on only, so that
 * packets that are alike there stay together.
 *
 * <p>Arguments: OFFSET, 0 to 65535; LENGTH, 1 to 65535. Bytes beyond the end of a packet do not
 * count. The hash is FNV-1a, 32 bits.
 *
 * <pre>{@code
 * ... -> by_destination :: HashSwitch(16, 4); by_destination[0] -> ...; by_destination[1] -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(
        name = "HashSwitch",
        ports = "1/1-",
        processing = "h/h",
        live = true,
        drops = "switchedOff")
public final class HashSwitch extends PacketSwitch {
    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private int offset;
    private int length;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        offset = arguments.required("OFFSET", ArgumentTypes.integer(0, 0xffff));
        length = arguments.required("LENGTH", ArgumentTypes.integer(1, 0xffff));
    }

    @Override
    int choose(Packet packet) {
        int hash = FNV_OFFSET;
        int end = Math.min(offset + length, packet.length());
        for (int i = offset; i < end; i++) {
            hash = (hash ^ packet.u8(i)) * FNV_PRIME;
        }
        // The low bits of FNV-1a alone would tell little of the last byte.
        return Integer.remainderUnsigned(hash ^ hash >>> 16, outputs());
    }
}
