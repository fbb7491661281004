package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.net.Prefix;

import java.util.LinkedHashMap;
import java.util.Map;

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
@ElementClass(name = "LinearIPLookup", ports = "1/-", processing = "h/h")
public final class LinearIpLookup extends LinearTable {
    /** As they came; a route that another replaces leaves it its place. */
    private final Map<Prefix, IpRoute> inOrder = new LinkedHashMap<>();

    @Override
    protected void added(IpRoute route, @Nullable IpRoute old) {
        super.added(route, old);
        inOrder.put(route.prefix(), route);
    }

    @Override
    protected void removed(IpRoute route) {
        super.removed(route);
        inOrder.remove(route.prefix());
    }

    @Override
    protected void takeState(Element old) {
        super.takeState(old);
        if (isConfiguredAs(old)) {
            Map<Prefix, IpRoute> now = new LinkedHashMap<>(inOrder);
            inOrder.clear();
            for (Prefix prefix : ((LinearIpLookup) old).inOrder.keySet()) {
                IpRoute route = now.remove(prefix);
                if (route != null) {
                    inOrder.put(prefix, route);
                }
            }
            inOrder.putAll(now);
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        inOrder.values().forEach(route -> text.append(route).append('\n'));
        return text.toString();
    }

    @Override
    protected void handlers(Handlers handlers) {
        super.handlers(handlers);
        handlers.read("table", this::text);
    }
}
