package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Handlers;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Sends each packet by the longest prefix that contains its destination annotation, found by
 * looking at all routes; the annotation becomes the gateway of the route, if it has one. Packets
 * without a route are dropped. It is slow where there are many routes: prefer RadixIPLookup.
 *
 * <pre>{@code
 * ... -> GetIPAddress(16)
 *     -> rt :: LinearIPLookup(18.26.4.24/32 0, 18.26.4.255/32 0, 18.26.4.0/32 0,
 *                             18.26.4/24 1, 0/0 18.26.4.1 1);
 * }</pre>
 *
 * <p>Arguments and handlers are those of RadixIPLookup: routes {@code ADDR/MASK [GATEWAY] OUT};
 * {@code table} (read: the routes in the order in which they came), {@code lookup} (read), {@code
 * add}, {@code set}, {@code remove}, {@code ctrl} (write).
 */
@AutoService(Element.class)
@ElementClass(
        name = "LinearIPLookup",
        ports = "1/-",
        processing = "h/h",
        partialChecksums = PartialChecksums.PASSED,
        drops = "noRoute")
public final class LinearIpLookup extends LinearTable {
    /** As they came; a route that another replaces leaves it its place. */
    private final Set<Prefix> inOrder = new LinkedHashSet<>();

    @Override
    protected void added(int bits, int length) {
        inOrder.add(new Prefix(new Ipv4Address(bits), length));
    }

    @Override
    protected void removed(int bits, int length) {
        inOrder.remove(new Prefix(new Ipv4Address(bits), length));
    }

    @Override
    protected void takeState(Element old) {
        super.takeState(old);
        Set<Prefix> before = ((LinearIpLookup) old).inOrder;
        List<Prefix> all = new ArrayList<>(isConfiguredAs(old) ? before : inOrder);
        all.addAll(isConfiguredAs(old) ? inOrder : before);
        inOrder.clear();
        all.stream().filter(prefix -> route(prefix) != null).forEach(inOrder::add);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        inOrder.forEach(prefix -> text.append(route(prefix)).append('\n'));
        return text.toString();
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        handlers.read("table", this::text);
    }
}
