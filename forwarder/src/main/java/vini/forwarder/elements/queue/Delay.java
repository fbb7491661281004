package vini.forwarder.elements.queue;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.Quantity;
import vini.time.Clock;

/** How long a packet must wait until its timestamp is DELAY old. */
final class Delay {
    private long nanos;

    void configure(Arguments arguments) throws ConfigException {
        nanos = arguments.required("DELAY", ArgumentTypes::nanos);
    }

    /** How many nanoseconds the packet has still to wait; 0 or less if it may go. */
    long left(Packet packet, Clock clock) {
        long age = clock.epochNanos() - packet.timestampNanos();
        // A timestamp may be any number: neither difference must turn the past into the future.
        if (packet.timestampNanos() < 0 && age < 0) {
            return 0;
        }
        long left = nanos - age;
        return age < 0 && left < 0 ? Long.MAX_VALUE : left;
    }

    /** The handler {@code delay} (read, write); {@code changed} is told after a write. */
    void handlers(Handlers handlers, Runnable changed) {
        handlers.read("delay", () -> Quantity.ofNanos(nanos));
        handlers.write(
                "delay",
                value -> {
                    nanos = ArgumentTypes.nanos(value);
                    changed.run();
                });
    }
}
