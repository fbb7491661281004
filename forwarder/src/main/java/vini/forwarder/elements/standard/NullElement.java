package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Packet;

/**
 * Passes packets on unchanged.
 *
 * <pre>{@code
 * ... -> Null -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "Null", partialChecksums = PartialChecksums.PASSED)
public final class NullElement extends Element {
    @Override
    protected Packet simpleAction(Packet packet) {
        return packet;
    }
}
