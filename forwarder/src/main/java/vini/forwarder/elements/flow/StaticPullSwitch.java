package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * Pulls from input K, for ever; with a negative K it never gives a packet.
 *
 * <p>Argument: K.
 *
 * <pre>{@code
 * a -> Queue -> [0] s :: StaticPullSwitch(1) -> Unqueue -> ...; b -> Queue -> [1] s;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "StaticPullSwitch", ports = "-/1", processing = "l/l")
public final class StaticPullSwitch extends PullChooser {
    private int input;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        input = arguments.required("K", text -> PacketSwitch.port(text, inputs()));
    }

    @Override
    int chosen(int output) {
        return input;
    }
}
