package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Annotation;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/**
 * Sends packets whose paint annotation is COLOR to output 0 and the others to output 1; without an
 * output 1 the others are dropped.
 *
 * <p>Arguments: COLOR, 0 to 255; ANNO, which annotation of one byte is looked at: a name or a place
 * from 0 to 47 (default {@code PAINT}).
 *
 * <pre>{@code
 * ... -> own :: CheckPaint(255); own[0] -> ...; own[1] -> DecIPTTL -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code color} (read, write), {@code drops} (read).
 */
@AutoService(Element.class)
@ElementClass(
        name = "CheckPaint",
        ports = "1/1-2",
        processing = "a/ah",
        live = true,
        partialChecksums = PartialChecksums.PASSED,
        drops = "otherPaint")
public final class CheckPaint extends Element {
    private Annotation annotation = new Annotation(0, 1);
    private int color;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter otherPaint;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        color = arguments.required("COLOR", Paint::color);
        annotation = Paint.annotation(arguments);
    }

    @Override
    protected void initialize() {
        otherPaint = drops("otherPaint");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (packet.annotation(annotation.at(), 1) == color) {
            return packet;
        }
        addOrDrop(1, packet, otherPaint);
        return null;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("color", () -> color).write("color", value -> color = Paint.color(value));
    }
}
