package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Packet;

/**
 * Passes packets on unchanged, on a pull path only: it makes what stands around it pull.
 *
 * <pre>{@code
 * InfiniteSource -> PullNull -> Discard;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "PullNull", processing = "l/l", partialChecksums = PartialChecksums.PASSED)
public final class PullNull extends Element {
    @Override
    protected Packet simpleAction(Packet packet) {
        return packet;
    }
}
