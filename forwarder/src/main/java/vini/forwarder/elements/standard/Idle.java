package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;

/**
 * Never gives a packet, and drops what it gets; it closes ports that must be connected.
 *
 * <p>Ports: any number, each push or pull by itself. It never pulls.
 *
 * <pre>{@code
 * Idle -> r :: RadixIPLookup(...); r[2] -> Idle;
 * }</pre>
 *
 * <p>Handlers: {@code drops} (read), where packets may come.
 */
@AutoService(Element.class)
@ElementClass(
        name = "Idle",
        ports = "-/-",
        processing = "a/a",
        flow = "x/y",
        partialChecksums = PartialChecksums.PASSED,
        drops = "idle")
public final class Idle extends Silence {}
