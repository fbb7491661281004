package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.Packet;

/**
 * Sends a copy of each packet out of each output. The copies share the packet's bytes until one of
 * them is written to.
 *
 * <p>Argument: N, how many outputs there must be; as many as are used if it is left out.
 *
 * <pre>{@code
 * ... -> t :: Tee -> ...; t[1] -> Print(copy) -> Discard;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(
        name = "Tee",
        ports = "1/1-",
        processing = "h/h",
        partialChecksums = PartialChecksums.PASSED)
public final class Tee extends Element {
    private Counter sent = new Counter();

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        checkOutputs(arguments, outputs());
    }

    /** Reads N, and refuses another number of outputs. */
    static void checkOutputs(Arguments arguments, int outputs) throws ConfigException {
        int wanted = arguments.optional("N", ArgumentTypes.integer(1, Integer.MAX_VALUE), outputs);
        if (wanted != outputs) {
            throw new ConfigException("N: " + wanted + " outputs wanted, " + outputs + " in use");
        }
    }

    @Override
    protected void initialize() {
        sent = sent();
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        for (int i = 1; i < outputs(); i++) {
            sent.increment();
            output(i).add(packet.share());
        }
        return packet;
    }
}
