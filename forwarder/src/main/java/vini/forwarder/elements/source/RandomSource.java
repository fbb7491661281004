package vini.forwarder.elements.source;

import com.google.auto.service.AutoService;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

import java.util.random.RandomGenerator;

/**
 * Makes packets of LENGTH random bytes (0 to 65536), as fast as they are taken. The bytes come from
 * the run's seed, so that a run can be repeated.
 *
 * <ul>
 *   <li>LIMIT: how many in all (default -1: no end)
 *   <li>BURST: how many at a time, 1 to 1048576 (default 1)
 *   <li>ACTIVE: whether it makes any before it is told to (default true)
 *   <li>STOP: whether the run ends after the last (default false)
 *   <li>END_CALL: a handler that is written after the last, {@code ELEMENT.HANDLER VALUE}
 * </ul>
 *
 * <pre>{@code
 * RandomSource(64, LIMIT 1000) -> CheckIPHeader -> Discard;
 * }</pre>
 *
 * <p>Handlers: {@code count} (read), {@code active}, {@code burst}, {@code length}, {@code limit}
 * (read, write), {@code reset} (write: counts and begins anew).
 */
@AutoService(Element.class)
@ElementClass(name = "RandomSource", ports = "0/1", processing = "a/a")
public final class RandomSource extends BurstSource {
    private int length;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private RandomGenerator random;

    private byte[] bytes = {};

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        length = arguments.required("LENGTH", ArgumentTypes.integer(0, PacketData.LENGTH_MAX));
        configureBursts(arguments);
    }

    @Override
    protected void initialize() throws ConfigException {
        random = chance();
        super.initialize();
    }

    @Override
    Packet make() {
        Packet packet = loop().packets().allocate(length);
        if (bytes.length != length) {
            bytes = new byte[length];
        }
        random.nextBytes(bytes);
        packet.buffer().setBytes(packet.start(), bytes);
        return packet;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("length", () -> length);
        handlers.write(
                "length",
                value -> length = ArgumentTypes.integer(0, PacketData.LENGTH_MAX).apply(value));
        super.handlers(handlers);
    }
}
