package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;

import java.util.List;
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
        // As the second argument, MESSAGE alone is the type and not the keyword.
        List<String> all = arguments.given();
        boolean plain = all.size() == 2 && all.get(1).equals("MESSAGE");
        String message =
                plain
                        ? text(arguments.all().getFirst())
                        : arguments.required("MESSAGE", ArgumentTypes::string);
        String type = plain ? "MESSAGE" : arguments.optional("TYPE", Message::type, "MESSAGE");
        switch (type) {
            case "ERROR" -> throw new ConfigException(message);
            case "WARNING" -> chatter("warning: " + message);
            default -> chatter(message);
        }
    }

    private static String text(String argument) {
        return ArgumentTypes.string(argument.replaceFirst("^MESSAGE\\s+", ""));
    }

    private static String type(String text) {
        String type = text.toUpperCase(Locale.ROOT);
        if (!type.matches("MESSAGE|WARNING|ERROR")) {
            throw new IllegalArgumentException("'" + text + "' is not MESSAGE, WARNING or ERROR");
        }
        return type;
    }
}
