package vini.forwarder.elements.source;

import com.google.auto.service.AutoService;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

/**
 * Makes packets of DATA, as fast as they are taken. It pushes BURST at a time, and sleeps while the
 * queue behind it is full; or it is pulled from.
 *
 * <ul>
 *   <li>DATA: the bytes of each packet (default: some 70 bytes of text)
 *   <li>LIMIT: how many in all (default -1: no end)
 *   <li>BURST: how many at a time, 1 to 1048576 (default 1)
 *   <li>ACTIVE: whether it makes any before it is told to (default true)
 *   <li>LENGTH: cuts DATA off or repeats it, in bytes, 0 to 65536 (default -1: as it is)
 *   <li>TIMESTAMP: whether packets bear the time at which they were made (default true)
 *   <li>STOP: whether the run ends after the last (default false)
 *   <li>END_CALL: a handler that is written after the last, {@code ELEMENT.HANDLER VALUE}
 * </ul>
 *
 * <pre>{@code
 * InfiniteSource("ping", LIMIT 1000, STOP true) -> Queue -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code count} (read), {@code active}, {@code burst}, {@code data}, {@code length},
 * {@code limit} (read, write), {@code reset} (write: counts and begins anew).
 */
@AutoService(Element.class)
@ElementClass(name = "InfiniteSource", ports = "0/1", processing = "a/a")
public final class InfiniteSource extends BurstSource {
    private final PacketData data = new PacketData();

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        data.readData(arguments);
        configureBursts(arguments);
        data.readLength(arguments);
    }

    @Override
    Packet make() {
        return data.make(loop().packets());
    }

    @Override
    protected void takeState(Element old) {
        super.takeState(old);
        if (isConfiguredAs(old)) {
            data.take(((InfiniteSource) old).data);
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        data.dataHandlers(handlers);
        data.lengthHandlers(handlers);
        super.handlers(handlers);
    }
}
