package vini.forwarder.elements.queue;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.Handlers;
import vini.forwarder.Notifier;
import vini.forwarder.Packet;
import vini.forwarder.Signal;
import vini.time.Clock;
import vini.time.Timer;

/**
 * What Shaper and BandwidthShaper are: lets a pull through when a packet may go. Until then its
 * notifier sleeps, and a timer wakes it; so who pulls does not poll.
 */
abstract class RateShaper extends Element {
    private final TokenBucket bucket;
    private final Notifier mayPass = new Notifier(true);
    private final Notifier mayNotPass = new Notifier(false);

    /**
     * Whether no packet waited when one could have gone: then nobody is owed for the time since.
     */
    private boolean idle;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    private Timer timer;

    @SuppressWarnings("NullAway.Init")
    private Signal nonEmpty;

    RateShaper(TokenBucket.Of of) {
        bucket = new TokenBucket(of);
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        bucket.configureRate(arguments);
    }

    @Override
    protected void initialize() {
        clock = loop().clock();
        timer = timer(this::wake);
        nonEmpty = nonEmpty(0);
        bucket.fill(clock.nowNanos());
        bucket.keepOne(clock.nowNanos());
    }

    @Override
    public @Nullable Packet pull(int port) {
        long now = clock.nowNanos();
        if (port == 1) {
            return bucket.isReady(now) ? null : input(0).pull();
        }
        if (idle) {
            bucket.keepOne(now);
        }
        if (!bucket.isReady(now)) {
            tell();
            return null;
        }
        Packet packet = input(0).pull();
        if (packet == null) {
            idle = true;
            return null;
        }
        bucket.take(packet);
        idle = !nonEmpty.isActive();
        tell();
        return packet;
    }

    private void wake() {
        idle = !nonEmpty.isActive();
        tell();
    }

    private void tell() {
        long now = clock.nowNanos();
        long ready = bucket.readyAtNanos(now);
        if (ready > now && ready != TokenBucket.NEVER) {
            timer.at(ready);
        }
        mayPass.set(ready <= now);
        mayNotPass.set(ready > now);
    }

    @Override
    protected Notifier emptyNotifier(int output) {
        return output == 0 ? mayPass : mayNotPass;
    }

    @Override
    protected void takeState(Element old) {
        bucket.take(((RateShaper) old).bucket, clock.nowNanos());
        idle = ((RateShaper) old).idle;
        tell();
    }

    @Override
    protected void handlers(Handlers handlers) {
        bucket.handlers(handlers, () -> bucket.settle(clock.nowNanos()), this::tell);
        handlers.write(
                "reset",
                value -> {
                    bucket.fill(clock.nowNanos());
                    bucket.keepOne(clock.nowNanos());
                    tell();
                });
    }
}
