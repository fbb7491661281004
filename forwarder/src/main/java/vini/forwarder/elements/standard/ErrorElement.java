package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Never starts, and so keeps its graph from starting. It takes any arguments, which it repeats, and
 * any connections, so that there is no other complaint about it.
 *
 * <pre>{@code
 * Error(no device was given);
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "Error", ports = "-/-", flow = "x/y")
public final class ErrorElement extends Element {
    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        String text = String.join(", ", arguments.all());
        throw new ConfigException(
                text.isEmpty() ? "it stands here to keep the graph from starting" : text);
    }
}
