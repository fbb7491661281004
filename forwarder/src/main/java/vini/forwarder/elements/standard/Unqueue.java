package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Packet;

/**
 * Pulls packets as fast as it can, BURST (default 32) at a time, and pushes them. While the queue
 * before it is empty it sleeps.
 *
 * <pre>{@code
 * ... -> Queue -> Unqueue -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "Unqueue", processing = "l/h")
public final class Unqueue extends Element {
    private int burst;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        burst = arguments.optional("BURST", Integer::valueOf, 32);
        if (burst < 1 || burst > Batch.CAPACITY) {
            throw new ConfigException("BURST " + burst + " is outside 1-" + Batch.CAPACITY);
        }
    }

    @Override
    protected void initialize() throws ConfigException {
        if (!(input(0).source() instanceof SimpleQueue)) {
            throw new ConfigException("its input must be a Queue");
        }
        loop().later(this::run);
    }

    private void run() {
        int taken = 0;
        while (taken < burst) {
            @Nullable Packet packet = input(0).pull();
            if (packet == null) {
                break;
            }
            output(0).add(packet);
            taken++;
        }
        flushOutputs();
        if (taken == burst) {
            loop().later(this::run);
        } else if (input(0).source() instanceof SimpleQueue queue) {
            queue.sleep(() -> loop().later(this::run));
        }
    }
}
