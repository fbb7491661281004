package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/**
 * Sets each packet's paint annotation to COLOR.
 *
 * <p>Arguments: COLOR, 0 to 255; ANNO, which annotation of one byte is set: a name or a place from
 * 0 to 47 (default {@code PAINT}).
 *
 * <pre>{@code
 * ... -> Paint(2) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code color} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "Paint", live = true, partialChecksums = PartialChecksums.PASSED)
public final class Paint extends Element {
    private static final Annotation PAINT = Annotation.parse("PAINT", 1);

    private Annotation annotation = PAINT;
    private int color;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        color = arguments.required("COLOR", Paint::color);
        annotation = annotation(arguments);
    }

    /** Reads a color. */
    static int color(String text) {
        return ArgumentTypes.integer(0, 255).apply(text);
    }

    /** Reads the argument ANNO. */
    static Annotation annotation(Arguments arguments) throws ConfigException {
        return arguments.optional("ANNO", text -> Annotation.parse(text, 1), PAINT);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        packet.annotation(annotation.at(), 1, color);
        return packet;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("color", () -> color).write("color", value -> color = color(value));
    }
}
