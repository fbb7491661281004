package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Handlers;

/**
 * Sends each packet by the longest prefix that contains its destination annotation, as
 * LinearIPLookup does, by a table that stays as it was configured.
 *
 * <pre>{@code
 * rt :: StaticIPLookup(18.26.4.24/32 0, 18.26.4/24 1, 0/0 18.26.4.1 1);
 * }</pre>
 *
 * <p>Arguments: routes {@code ADDR/MASK [GATEWAY] OUT}. Handlers: {@code table}, {@code lookup}
 * (read).
 */
@AutoService(Element.class)
@ElementClass(
        name = "StaticIPLookup",
        ports = "1/-",
        processing = "h/h",
        partialChecksums = PartialChecksums.PASSED,
        drops = "noRoute")
public final class StaticIpLookup extends LinearTable {
    @Override
    protected void handlers(Handlers handlers) {
        readHandlers(handlers);
    }
}
