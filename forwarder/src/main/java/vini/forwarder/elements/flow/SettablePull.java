package vini.forwarder.elements.flow;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Handlers;

/** What PullSwitch and SimplePullSwitch are: pulls from an input that a handler sets. */
abstract class SettablePull extends PullChooser {
    private int input;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        input = arguments.optional("K", text -> PacketSwitch.port(text, inputs()), 0);
    }

    @Override
    int chosen(int output) {
        return input < inputs() ? input : -1;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("switch", () -> input);
        handlers.write(
                "switch",
                value -> {
                    input = PacketSwitch.port(value, inputs());
                    look();
                });
    }
}
