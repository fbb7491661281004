package vini.forwarder.elements.ip;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;
import vini.net.Ipv4Address;
import vini.net.Prefix;

import java.util.random.RandomGenerator;

/**
 * Sets the destination annotation of each packet to an address that is drawn from PREFIX. With
 * LIMIT (1 to 16777216) so many addresses at most are drawn, at the beginning, and each packet gets
 * one of them. They come from the run's seed, so that a run can be repeated.
 *
 * <pre>{@code
 * ... -> CheckIPHeader -> SetRandIPAddress(10.0.0.0/8, 1000) -> StoreIPAddress(dst) -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "SetRandIPAddress")
public final class SetRandIpAddress extends Element {
    private static final int LIMIT_MAX = 1 << 24;

    private int network;
    private int hosts;
    private int limit;

    /** Empty without a limit. */
    private int[] drawn = {};

    @SuppressWarnings("NullAway.Init") // set by initialize
    private RandomGenerator chance;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        Prefix prefix = arguments.required("PREFIX", addresses()::prefix);
        if (!(prefix.address() instanceof Ipv4Address address)) {
            throw new ConfigException("PREFIX " + prefix + " is not of IPv4");
        }
        hosts = ~Ipv4Address.mask(prefix.length());
        network = address.bits() & ~hosts;
        limit = arguments.optional("LIMIT", ArgumentTypes.integer(1, LIMIT_MAX), 0);
    }

    @Override
    protected void initialize() {
        chance = chance();
        drawn = new int[limit];
        for (int i = 0; i < limit; i++) {
            drawn[i] = draw();
        }
    }

    private int draw() {
        return network | chance.nextInt() & hosts;
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        packet.destination(drawn.length == 0 ? draw() : drawn[chance.nextInt(drawn.length)]);
        return packet;
    }
}
