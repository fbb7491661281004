package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Pulls from input K, which can be changed while it runs; with a negative K it never gives a
 * packet.
 *
 * <p>Argument: K, default 0.
 *
 * <pre>{@code
 * a -> Queue -> [0] s :: PullSwitch -> Unqueue -> ...; b -> Queue -> [1] s;
 * }</pre>
 *
 * <p>Handlers: {@code switch} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "PullSwitch", ports = "-/1", processing = "l/l")
public final class PullSwitch extends SettablePull {}
