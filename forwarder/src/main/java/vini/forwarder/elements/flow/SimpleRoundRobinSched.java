package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Is a RoundRobinSched that does not listen to its inputs, in Click; nothing polls here, so that it
 * is the same as RoundRobinSched: pulls from its inputs in turn, beginning after that which gave
 * the last packet.
 *
 * <pre>{@code
 * a -> Queue -> [0] s :: SimpleRoundRobinSched -> Unqueue -> ...; b -> Queue -> [1] s;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "SimpleRoundRobinSched", ports = "-/1", processing = "l/l")
public final class SimpleRoundRobinSched extends RoundRobinPuller {}
