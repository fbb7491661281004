package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

import java.util.Arrays;

/**
 * Pulls from its inputs by stride scheduling: while all have packets, each gives a share in
 * proportion to its tickets. For one pull it asks the inputs in the order of their turns until one
 * gives a packet.
 *
 * <p>Arguments: TICKETS, a number from 1 to 32768 for each input.
 *
 * <pre>{@code
 * gold -> Queue -> [0] s :: StrideSched(4, 1) -> Unqueue -> ...;
 * lead -> Queue -> [1] s;
 * }</pre>
 *
 * <p>Handlers: {@code tickets0}, {@code tickets1}, ... (read, write).
 */
@AutoService(Element.class)
@ElementClass(name = "StrideSched", ports = "1-/1", processing = "l/l")
public final class StrideSched extends Element {
    @SuppressWarnings("NullAway.Init") // set by configure
    private Strides strides;

    private boolean[] tried = {};

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        strides = Strides.read(arguments, inputs());
        tried = new boolean[inputs()];
    }

    @Override
    public @Nullable Packet pull(int port) {
        Arrays.fill(tried, false);
        for (int i = strides.next(tried); i >= 0; i = strides.next(tried)) {
            Packet packet = input(i).pull();
            if (packet != null) {
                strides.serve(i);
                return packet;
            }
            tried[i] = true;
        }
        return null;
    }

    @Override
    protected void takeState(Element old) {
        strides.take(((StrideSched) old).strides);
    }

    @Override
    protected void handlers(Handlers handlers) {
        strides.handlers(handlers);
    }
}
