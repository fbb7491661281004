package vini.forwarder.host.app;

import vini.time.Clock;

/**
 * When an app sends.
 *
 * @param startNanos on the clock
 * @param endNanos on the clock; {@link Long#MAX_VALUE} for until it is stopped
 */
public record AppTime(long startNanos, long endNanos) {
    /** Keywords AT (nanoseconds on the clock; default now) and FOR (a time; default for ever). */
    static AppTime of(AppArguments arguments, Clock clock) {
        long start = arguments.number("AT", clock.nowNanos(), Long.MAX_VALUE);
        long length = arguments.nanos("FOR", Long.MAX_VALUE);
        long end = length > Long.MAX_VALUE - start ? Long.MAX_VALUE : start + length;
        return new AppTime(start, end);
    }
}
