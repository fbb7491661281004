package vini.forwarder.elements.queue;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.time.Clock;

/** What RatedSplitter and BandwidthRatedSplitter are: packets above a rate go another way. */
abstract class RateSplitter extends Element {
    private final TokenBucket bucket;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    private DropCounter aboveRate;

    RateSplitter(TokenBucket.Of of) {
        bucket = new TokenBucket(of);
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        bucket.configure(arguments);
    }

    @Override
    protected void initialize() {
        clock = loop().clock();
        aboveRate = drops("aboveRate");
        bucket.fill(clock.nowNanos());
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (bucket.isReady(clock.nowNanos())) {
            bucket.take(packet);
            return packet;
        }
        addOrDrop(1, packet, aboveRate);
        return null;
    }

    @Override
    protected void takeState(Element old) {
        bucket.take(((RateSplitter) old).bucket, clock.nowNanos());
    }

    @Override
    protected void handlers(Handlers handlers) {
        bucket.handlers(handlers, () -> bucket.settle(clock.nowNanos()), () -> {});
    }
}
