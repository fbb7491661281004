package vini.forwarder.elements.ether;

import com.google.auto.service.AutoService;

import vini.forwarder.Element;
import vini.forwarder.ElementClass;

/**
 * An Ethernet switch: input N and output N lead to the same network. It learns by the source
 * addresses which machine is where, and sends a frame only there; what goes to a machine that it
 * has not heard of, or to a group, goes to all networks but its own.
 *
 * <p>TIMEOUT: seconds without a frame after which it forgets a machine, default 300; 0: it learns
 * nothing. It keeps 65536 addresses; a further one takes the place of the one that neither sent nor
 * got a frame for longest. Frames that need not leave their network, and those without a whole
 * header, are dropped.
 *
 * <pre>{@code
 * s :: EtherSwitch(TIMEOUT 60);
 * FromDevice(eth0) -> [0]s[0] -> Queue -> ToDevice(eth0);
 * FromDevice(eth1) -> [1]s[1] -> Queue -> ToDevice(eth1);
 * }</pre>
 *
 * <p>Handlers: {@code table} (read: {@code ETH PORT} a line, by address), {@code timeout} (read,
 * write).
 */
@AutoService(Element.class)
@ElementClass(
        name = "EtherSwitch",
        ports = "-/=",
        processing = "h/h",
        flow = "#/[^#]",
        drops = {"samePort", "tooShort"})
public final class EtherSwitch extends LearningSwitch {}
