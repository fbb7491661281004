package vini.forwarder.elements.queue;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.Signal;
import vini.forwarder.Task;
import vini.time.Clock;
import vini.time.Timer;

/**
 * What RatedUnqueue and BandwidthRatedUnqueue are: pulls while its bucket lets it, and sleeps until
 * there are packets and tokens.
 */
abstract class RatedPuller extends Element {
    /** A run ends after so many packets, so that others have a turn. */
    private static final int AT_ONCE = 64;

    private final Counter count = counter();
    private final TokenBucket bucket;
    private boolean active;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    private Task task;

    @SuppressWarnings("NullAway.Init")
    private Timer timer;

    @SuppressWarnings("NullAway.Init")
    private Signal nonEmpty;

    RatedPuller(TokenBucket.Of of) {
        bucket = new TokenBucket(of);
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        bucket.configure(arguments);
        active = arguments.keyword("ACTIVE", ArgumentTypes::bool, true);
    }

    @Override
    protected void initialize() {
        clock = loop().clock();
        bucket.fill(clock.nowNanos());
        task = task(this::run);
        timer = timer(task::reschedule);
        nonEmpty = nonEmpty(0, task);
        task.reschedule();
    }

    private boolean run() {
        if (!active) {
            return false;
        }
        long now = clock.nowNanos();
        int taken = 0;
        while (taken < AT_ONCE && bucket.isReady(now)) {
            Packet packet = input(0).pull();
            if (packet == null) {
                break;
            }
            bucket.take(packet);
            count.increment();
            output(0).add(packet);
            taken++;
        }
        flushOutputs();
        sleepOrGoOn(now);
        return taken > 0;
    }

    private void sleepOrGoOn(long now) {
        if (!nonEmpty.isActive()) {
            return;
        }
        long ready = bucket.readyAtNanos(now);
        if (ready <= now) {
            task.reschedule();
        } else if (ready != TokenBucket.NEVER) {
            timer.at(ready);
        }
    }

    @Override
    protected void takeState(Element old) {
        bucket.take(((RatedPuller) old).bucket, clock.nowNanos());
        task.reschedule();
    }

    @Override
    protected void handlers(Handlers handlers) {
        bucket.handlers(handlers, () -> bucket.settle(clock.nowNanos()), task::reschedule);
        handlers.read("count", count::value);
        handlers.read("active", () -> active);
        handlers.write(
                "active",
                value -> {
                    active = ArgumentTypes.bool(value);
                    task.reschedule();
                });
        handlers.task(task);
    }
}
