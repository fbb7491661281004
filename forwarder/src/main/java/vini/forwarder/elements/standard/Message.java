package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;

import java.util.Locale;

/**
 * Writes a message for the user when the configuration is read, or refuses the configuration.
 *
 * <p>Arguments: MESSAGE, a text; TYPE, one of {@code MESSAGE} (the default), {@code WARNING}, which
 * writes so, and {@code ERROR}, with which the graph does not start. It has no ports.
 *
 * <pre>{@code
 * Message("This graph is old; use router.click.", WARNING);
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "Message", ports = "0/0")
public final class Message extends Element {
    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        String message = arguments.required("MESSAGE", ArgumentTypes::string);
        String type = arguments.optional("TYPE", Message::type, "MESSAGE");
        switch (type) {
            case "ERROR" -> throw new ConfigException(message);
            case "WARNING" -> chatter("warning: " + message);
            default -> chatter(message);
        }
    }

    private static String type(String text) {
        String type = text.toUpperCase(Locale.ROOT);
        if (!type.matches("MESSAGE|WARNING|ERROR")) {
            throw new IllegalArgumentException("'" + text + "' is not MESSAGE, WARNING or ERROR");
        }
        return type;
    }
}
