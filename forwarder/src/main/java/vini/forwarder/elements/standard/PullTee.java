package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Gives each packet that is pulled to who pulls, and pushes a copy of it out of each other output.
 *
 * <p>Argument: N, how many outputs there must be; as many as are used if it is left out. Output 0
 * is pull, the others are push.
 *
 * <pre>{@code
 * Queue -> t :: PullTee -> ToDevice(eth0); t[1] -> ToDump(sent.pcap);
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "PullTee", ports = "1/1-", processing = "l/lh")
public final class PullTee extends Element {
    private Counter sent = new Counter();

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        Tee.checkOutputs(arguments, outputs());
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
