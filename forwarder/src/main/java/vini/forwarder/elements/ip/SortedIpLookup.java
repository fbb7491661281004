package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;

/**
 * Does what LinearIPLookup does, in all respects; Click has it, and advises against it.
 *
 * <pre>{@code
 * rt :: SortedIPLookup(18.26.4/24 0, 0/0 18.26.4.1 1);
 * }</pre>
 *
 * <p>Arguments and handlers are those of RadixIPLookup.
 */
@AutoService(Element.class)
@ElementClass(
        name = "SortedIPLookup",
        ports = "1/-",
        processing = "h/h",
        partialChecksums = PartialChecksums.PASSED,
        drops = "noRoute")
public final class SortedIpLookup extends LinearTable {}
