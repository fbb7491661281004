package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;

/**
 * Checks that packets begin with a sound IPv4 header, as CheckIPHeader does, but leaves the
 * checksum alone unless CHECKSUM is true.
 *
 * <pre>{@code
 * ... -> CheckIPHeader2(14) -> ...;
 * }</pre>
 *
 * <p>Arguments and handlers are those of CheckIPHeader.
 */
@AutoService(Element.class)
@ElementClass(
        name = "CheckIPHeader2",
        ports = "1/1-2",
        processing = "a/ah",
        partialChecksums = PartialChecksums.PASSED,
        drops = "badIpHeader")
public final class CheckIpHeader2 extends CheckIpHeader {
    public CheckIpHeader2() {
        super(false);
    }
}
