package vini.forwarder.elements.source;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Chatter;
import vini.forwarder.ConfigException;
import vini.forwarder.Driver;
import vini.forwarder.Graph;
import vini.forwarder.HandlerCall;
import vini.forwarder.HandlerException;

/**
 * What a source does when it is at its end: nothing, stop the run (STOP), or write to a handler
 * (END_CALL {@code ELEMENT.HANDLER [VALUE]}).
 */
record Ending(boolean stop, String call) {
    static final Ending NOTHING = new Ending(false, "");

    /** Reads STOP and END_CALL, of which there may be one. */
    static Ending read(Arguments arguments) throws ConfigException {
        boolean stop = arguments.keyword("STOP", ArgumentTypes::bool, false);
        String call = arguments.keyword("END_CALL", ArgumentTypes::string, "").strip();
        if (stop && !call.isEmpty()) {
            throw new ConfigException("STOP and END_CALL exclude each other");
        }
        return new Ending(stop, call);
    }

    /** Does it; {@code element} is the source's name, for relative names and for messages. */
    void happen(Graph graph, String element) {
        if (stop) {
            graph.shared().get(Driver.class, Driver::new).stop();
        } else if (!call.isEmpty()) {
            try {
                HandlerCall.parse(call).write(graph, element);
            } catch (HandlerException e) {
                graph.shared()
                        .get(Chatter.class, Chatter::new)
                        .line(element + ": END_CALL: " + e.getMessage());
            }
        }
    }
}
