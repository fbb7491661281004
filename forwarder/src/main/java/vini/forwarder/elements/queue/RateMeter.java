package vini.forwarder.elements.queue;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.time.Clock;

import java.util.List;
import java.util.function.Function;

/** What Meter and BandwidthMeter are: sends the whole stream where its present rate says. */
abstract class RateMeter extends Element {
    private final TokenBucket.Of of;
    private RateAverage average = new RateAverage();
    private List<Long> rates = List.of();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Clock clock;

    RateMeter(TokenBucket.Of of) {
        this.of = of;
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        Function<String, Long> type =
                of == TokenBucket.Of.BYTES
                        ? ArgumentTypes::bytesPerSecond
                        : ArgumentTypes.integer(0L, Long.MAX_VALUE);
        rates = arguments.rest("RATE", type);
        if (rates.isEmpty()) {
            throw new ConfigException("missing argument RATE1");
        }
        for (int i = 1; i < rates.size(); i++) {
            if (rates.get(i) <= rates.get(i - 1)) {
                throw new ConfigException("RATE" + (i + 1) + " must be more than RATE" + i);
            }
        }
        if (outputs() != rates.size() + 1) {
            throw new ConfigException(
                    "has %d outputs, it takes one more than rates: %d"
                            .formatted(outputs(), rates.size() + 1));
        }
    }

    @Override
    protected void initialize() {
        clock = loop().clock();
        average.begin(clock.nowNanos());
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        long now = clock.nowNanos();
        average.add(of == TokenBucket.Of.BYTES ? packet.length() : 1, now);
        double rate = average.perSecond(now);
        int port = 0;
        while (port < rates.size() && rate >= rates.get(port)) {
            port++;
        }
        output(port).add(packet);
        return null;
    }

    @Override
    protected void takeState(Element old) {
        average = ((RateMeter) old).average;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("rate", () -> Math.round(average.perSecond(clock.nowNanos())));
        handlers.read(
                "meters",
                () -> {
                    StringBuilder lines = new StringBuilder();
                    rates.forEach(rate -> lines.append(rate).append('\n'));
                    return lines.toString();
                });
    }
}
