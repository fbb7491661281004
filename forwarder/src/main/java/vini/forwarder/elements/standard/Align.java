package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Passes packets on unchanged. In Click it moves a packet's bytes to an address that a processor
 * wants; here every address will do, and it stands for the sake of configurations that have it.
 *
 * <p>Arguments: MODULUS and OFFSET, whole numbers, which are checked only.
 *
 * <pre>{@code
 * ... -> Align(4, 2) -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "Align")
public final class Align extends Element {
    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        int modulus = arguments.required("MODULUS", ArgumentTypes.integer(2, 8));
        int offset = arguments.required("OFFSET", ArgumentTypes.integer(0, 7));
        if (offset >= modulus) {
            throw new ConfigException("OFFSET: " + offset + " is not below MODULUS " + modulus);
        }
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        return packet;
    }
}
