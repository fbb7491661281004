package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Is an Idle that tells nobody anything, in Click; nothing polls here, so that it is the same as
 * Idle: never gives a packet, and drops what it gets.
 *
 * <pre>{@code
 * SimpleIdle -> r :: RadixIPLookup(...); r[2] -> SimpleIdle;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read), where packets may come.
 */
@AutoService(Element.class)
@ElementClass(name = "SimpleIdle", ports = "-/-", processing = "a/a", flow = "x/y", drops = "idle")
public final class SimpleIdle extends Silence {}
