package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Packet;

/**
 * Passes packets on unchanged, on a push path only: it makes what stands around it push.
 *
 * <pre>{@code
 * InfiniteSource -> PushNull -> Discard;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "PushNull", processing = "h/h", partialChecksums = PartialChecksums.PASSED)
public final class PushNull extends Element {
    @Override
    protected Packet simpleAction(Packet packet) {
        return packet;
    }
}
