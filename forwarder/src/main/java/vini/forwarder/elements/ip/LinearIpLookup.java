package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

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
 * {@code table}, {@code lookup} (read), {@code add}, {@code set}, {@code remove}, {@code ctrl}
 * (write).
 */
@AutoService(Element.class)
@ElementClass(name = "LinearIPLookup", ports = "1/-", processing = "h/h")
public final class LinearIpLookup extends LinearTable {}
