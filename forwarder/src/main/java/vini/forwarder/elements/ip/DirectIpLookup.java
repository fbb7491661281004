package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Handlers;

/**
 * Sends each packet by the longest prefix that contains its destination annotation, found in one
 * step or two, however many routes there are: a table with a slot for each /24, and blocks of 256
 * addresses for those /24 that have longer prefixes (DIR-24-8 of Gupta, Lin and McKeown, INFOCOM
 * 1998). The first table takes 144 KB for each /8 that has longer prefixes.
 *
 * <pre>{@code
 * rt :: DirectIPLookup(18.26.4.24/32 0, 18.26.4/24 1, 0/0 18.26.4.1 1);
 * }</pre>
 *
 * <p>Arguments and handlers are those of RadixIPLookup, and {@code flush} (write: takes out all
 * routes). It has room for 32767 different next hops, and in each /8 for as many /24 with longer
 * prefixes.
 */
@AutoService(Element.class)
@ElementClass(
        name = "DirectIPLookup",
        ports = "1/-",
        processing = "h/h",
        partialChecksums = PartialChecksums.PASSED,
        drops = "noRoute")
public final class DirectIpLookup extends IpRouteTable {
    public DirectIpLookup() {
        super(true);
    }

    @Override
    protected int find(int address) {
        return table().lookup(address);
    }

    @Override
    protected void findAll(int[] addresses, int number) {
        table().lookup(addresses, number);
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        handlers.write("flush", value -> flush());
    }
}
