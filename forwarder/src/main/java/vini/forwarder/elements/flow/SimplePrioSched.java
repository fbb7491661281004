package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Is a PrioSched that does not listen to its inputs, in Click; nothing polls here, so that it is
 * the same as PrioSched: pulls from the first of its inputs that has a packet.
 *
 * <pre>{@code
 * a -> Queue -> [0] s :: SimplePrioSched -> Unqueue -> ...; b -> Queue -> [1] s;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "SimplePrioSched", ports = "-/1", processing = "l/l")
public final class SimplePrioSched extends PriorityPuller {}
