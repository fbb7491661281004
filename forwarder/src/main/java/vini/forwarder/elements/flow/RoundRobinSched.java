package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Pulls from its inputs in turn: for each pull it begins with the input after that which gave the
 * last packet, and asks one after the other until one gives a packet.
 *
 * <pre>{@code
 * a -> Queue -> [0] r :: RoundRobinSched -> Unqueue -> ...; b -> Queue -> [1] r;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "RoundRobinSched", ports = "-/1", processing = "l/l")
public final class RoundRobinSched extends RoundRobinPuller {}
