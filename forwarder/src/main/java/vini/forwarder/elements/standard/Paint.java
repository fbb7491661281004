package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/**
 * Sets each packet's paint annotation to COLOR, 0-255.
 *
 * <pre>{@code
 * ... -> Paint(2) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code color} (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "Paint")
public final class Paint extends Element {
    private int color;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        color = arguments.required("COLOR", Paint::color);
    }

    /** Reads a color. */
    static int color(String text) {
        int color = Integer.parseInt(text);
        if (color < 0 || color > 255) {
            throw new IllegalArgumentException(color + " is outside 0-255");
        }
        return color;
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        packet.paint(color);
        return packet;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("color", () -> color).write("color", value -> color = color(value));
    }
}
