package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/**
 * Sends packets to its outputs by stride scheduling: each output gets a share in proportion to its
 * tickets, spread as evenly as can be.
 *
 * <p>Arguments: TICKETS, a number from 1 to 32768 for each output.
 *
 * <pre>{@code
 * ... -> s :: StrideSwitch(3, 1); s[0] -> most; s[1] -> few;
 * }</pre>
 *
 * <p>Handlers: {@code tickets0}, {@code tickets1}, ... (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "StrideSwitch", ports = "1/1-", processing = "h/h", drops = "switchedOff")
public final class StrideSwitch extends PacketSwitch {
    @SuppressWarnings("NullAway.Init") // set by configure
    private Strides strides;

    private boolean[] none = {};

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        strides = Strides.read(arguments, outputs());
        none = new boolean[outputs()];
    }

    @Override
    int choose(Packet packet) {
        int output = strides.next(none);
        strides.serve(output);
        return output;
    }

    @Override
    protected void takeState(Element old) {
        strides.take(((StrideSwitch) old).strides);
    }

    @Override
    protected void handlers(Handlers handlers) {
        strides.handlers(handlers);
    }
}
