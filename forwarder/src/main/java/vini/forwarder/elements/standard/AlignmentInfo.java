package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Says nothing here. In Click it tells elements how packets lie in memory; it stands for the sake
 * of configurations that have it, takes any arguments, and has no ports.
 *
 * <pre>{@code
 * AlignmentInfo(classifier 4 2);
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "AlignmentInfo", ports = "0/0")
public final class AlignmentInfo extends Element {
    @Override
    protected void configure(Arguments arguments) {
        arguments.all();
    }
}
