package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Pulls from the first of its inputs that has a packet: input 0 goes before all others.
 *
 * <pre>{@code
 * urgent -> Queue -> [0] p :: PrioSched -> Unqueue -> ...; rest -> Queue -> [1] p;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "PrioSched", ports = "-/1", processing = "l/l")
public final class PrioSched extends PriorityPuller {}
