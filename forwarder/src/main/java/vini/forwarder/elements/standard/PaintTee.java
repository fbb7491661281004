package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Annotation;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/**
 * Sends all packets to output 0, and a copy of those whose paint annotation is COLOR to output 1.
 *
 * <p>Arguments: COLOR, 0 to 255; ANNO, which annotation of one byte is looked at: a name or a place
 * from 0 to 47 (default {@code PAINT}). Output 1 is push.
 *
 * <p>With Paint at each input of a router it finds packets that go back where they came from:
 *
 * <pre>{@code
 * FromDevice(eth7) -> Paint(7) -> ...;
 * routes[7] -> back :: PaintTee(7) -> ToDevice(eth7);
 * back[1] -> ICMPError(192.0.2.1, redirect, host) -> routes;
 * }</pre>
 *
 * <p>Handlers: {@code color} (read, write).
 */
@AutoService(Element.class)
@ElementClass(
        name = "PaintTee",
        ports = "1/2",
        processing = "a/ah",
        live = true,
        partialChecksums = PartialChecksums.PASSED)
public final class PaintTee extends Element {
    private Annotation annotation = new Annotation(0, 1);
    private Counter sent = new Counter();
    private int color;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        color = arguments.required("COLOR", Paint::color);
        annotation = Paint.annotation(arguments);
    }

    @Override
    protected void initialize() {
        sent = sent();
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        if (packet.annotation(annotation.at(), 1) == color) {
            sent.increment();
            output(1).add(packet.share());
        }
        return packet;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("color", () -> color).write("color", value -> color = Paint.color(value));
    }
}
