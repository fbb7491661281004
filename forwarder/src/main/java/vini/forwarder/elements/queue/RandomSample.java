package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

import java.util.random.RandomGenerator;

/**
 * Sends each packet to output 0 with probability P (0 to 1 or a percentage); the others leave by
 * output 1, or are dropped if there is no such output.
 *
 * <ul>
 *   <li>SAMPLE: the same as P
 *   <li>DROP: the probability of the others instead, 1 - P
 *   <li>ACTIVE: false to send all packets to output 0 (default true)
 * </ul>
 *
 * <pre>{@code
 * ... -> RandomSample(DROP 0.1%) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code sampling_prob}, {@code drop_prob}, {@code active} (read, write), {@code
 * drops} (read: packets that were not sent to output 0).
 */
@AutoService(Element.class)
@ElementClass(
        name = "RandomSample",
        ports = "1/1-2",
        processing = "a/ah",
        live = true,
        drops = "notSampled")
public final class RandomSample extends Element {
    private double sample;
    private boolean active;
    private long drops;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private RandomGenerator chance;

    @SuppressWarnings("NullAway.Init")
    private DropCounter notSampled;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        double given = arguments.keyword("SAMPLE", ArgumentTypes::share, -1.0);
        double drop = arguments.keyword("DROP", ArgumentTypes::share, -1.0);
        double p = arguments.optional("P", ArgumentTypes::share, -1.0);
        active = arguments.keyword("ACTIVE", ArgumentTypes::bool, true);
        int count = (given >= 0 ? 1 : 0) + (drop >= 0 ? 1 : 0) + (p >= 0 ? 1 : 0);
        if (count != 1) {
            throw new ConfigException("it takes one of P, SAMPLE and DROP");
        }
        sample = drop >= 0 ? 1 - drop : Math.max(given, p);
    }

    @Override
    protected void initialize() {
        chance = chance();
        notSampled = drops("notSampled");
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (!active || chance.nextDouble() < sample) {
            return packet;
        }
        drops++;
        addOrDrop(1, packet, notSampled);
        return null;
    }

    @Override
    protected void takeState(Element old) {
        drops += ((RandomSample) old).drops;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("sampling_prob", () -> Share.text(sample));
        handlers.read("drop_prob", () -> Share.text(1 - sample));
        handlers.read("active", () -> active).read("drops", () -> drops);
        handlers.write("sampling_prob", value -> sample = ArgumentTypes.share(value));
        handlers.write("drop_prob", value -> sample = 1 - ArgumentTypes.share(value));
        handlers.write("active", value -> active = ArgumentTypes.bool(value));
    }
}
