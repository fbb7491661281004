package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Annotation;
import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/**
 * Sets one byte of each packet's annotations.
 *
 * <p>Arguments: ANNO, a place from 0 to 47 or the name of an annotation of one byte; VALUE, 0 to
 * 255.
 *
 * <pre>{@code
 * ... -> SetAnnoByte(19, 1) -> FixIPSrc(192.0.2.1) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code anno} (read: the place), {@code value} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "SetAnnoByte", live = true)
public final class SetAnnoByte extends Element {
    private Annotation annotation = new Annotation(0, 1);
    private int value;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        annotation = arguments.required("ANNO", text -> Annotation.parse(text, 1));
        value = arguments.required("VALUE", SetAnnoByte::octet);
    }

    private static int octet(String text) {
        return ArgumentTypes.integer(0, 255).apply(text);
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        packet.annotation(annotation.at(), 1, value);
        return packet;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("anno", () -> annotation.at());
        handlers.read("value", () -> value).write("value", text -> value = octet(text));
    }
}
