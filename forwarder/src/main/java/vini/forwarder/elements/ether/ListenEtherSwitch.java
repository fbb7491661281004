package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * An EtherSwitch with one more output than inputs: the last one gets a copy of each frame that
 * comes, as the mirror port of a switch does.
 *
 * <p>TIMEOUT and handlers are those of EtherSwitch.
 *
 * <pre>{@code
 * s :: ListenEtherSwitch;
 * FromDevice(eth0) -> [0]s[0] -> Queue -> ToDevice(eth0);
 * FromDevice(eth1) -> [1]s[1] -> Queue -> ToDevice(eth1);
 * s[2] -> ToDump(all.pcap);
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(
        name = "ListenEtherSwitch",
        ports = "-/1-",
        processing = "h/h",
        flow = "#/[^#]",
        drops = {"samePort", "tooShort"})
public final class ListenEtherSwitch extends LearningSwitch {
    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        super.configure(arguments);
        if (outputs() != inputs() + 1) {
            throw new ConfigException(
                    "it needs one more output than inputs, not "
                            + inputs()
                            + " inputs and "
                            + outputs()
                            + " outputs");
        }
    }

    @Override
    void heard(Packet packet) {
        output(outputs() - 1).add(copy(packet));
    }
}
