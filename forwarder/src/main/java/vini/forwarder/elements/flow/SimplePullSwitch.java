package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Is a PullSwitch that tells nobody anything, in Click; nothing polls here, so that it is the same
 * as PullSwitch: pulls from input K (default 0), which can be changed while it runs; with a
 * negative K it never gives a packet.
 *
 * <pre>{@code
 * a -> Queue -> [0] s :: SimplePullSwitch -> Unqueue -> ...; b -> Queue -> [1] s;
 * }</pre>
 *
 * <p>Handlers: {@code switch} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "SimplePullSwitch", ports = "-/1", processing = "l/l")
public final class SimplePullSwitch extends SettablePull {}
