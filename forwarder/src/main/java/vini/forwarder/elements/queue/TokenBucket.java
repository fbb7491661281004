package vini.forwarder.elements.queue;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

import java.math.BigInteger;
import java.util.function.Function;

/**
 * Tokens that flow in at a rate, up to what the bucket holds. A packet takes one token, if there is
 * one; or as many as it has bytes, and then it may go if the bucket is not overdrawn and may itself
 * overdraw it, so that a packet that is larger than the bucket does not wait for ever.
 *
 * <p>It counts in billionths of a token, so that nothing is lost to rounding: a nanosecond brings
 * as many of them as the rate is.
 */
final class TokenBucket {
    /** What a token stands for. */
    enum Of {
        PACKETS,
        BYTES
    }

    /** What {@link #readyAtNanos} says if tokens never come. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long TOKEN = 1_000_000_000L;
    private static final long TOKENS_MAX = 4_000_000_000L;
    private static final long USUAL_BURST_NANOS = 20_000_000;

    private final Of of;
    private long rate;

    /** How long a time's tokens the bucket holds, where its size is not given. */
    private long burstNanos = USUAL_BURST_NANOS;

    /** The size in tokens; negative if it follows from the rate. */
    private long burstTokens = -1;

    private long capacity;
    private long level;
    private long filledNanos;

    TokenBucket(Of of) {
        this.of = of;
    }

    /** Reads RATE, and BURST_DURATION or BURST_SIZE (BURST_BYTES of bytes). */
    void configure(Arguments arguments) throws ConfigException {
        rate = arguments.required("RATE", this::parse);
        String size = of == Of.BYTES ? "BURST_BYTES" : "BURST_SIZE";
        long duration = arguments.keyword("BURST_DURATION", ArgumentTypes::nanos, -1L);
        burstTokens = arguments.keyword(size, tokens(), -1L);
        if (duration >= 0 && burstTokens >= 0) {
            throw new ConfigException("BURST_DURATION and " + size + " exclude each other");
        }
        if (duration >= 0) {
            burstNanos = duration;
        }
        resize();
    }

    /** Reads RATE only. */
    void configureRate(Arguments arguments) throws ConfigException {
        rate = arguments.required("RATE", this::parse);
        resize();
    }

    private Function<String, Long> tokens() {
        return ArgumentTypes.integer(of == Of.PACKETS ? 1L : 0L, TOKENS_MAX);
    }

    private long parse(String text) {
        return of == Of.BYTES
                ? ArgumentTypes.bytesPerSecond(text)
                : ArgumentTypes.integer(0L, TOKENS_MAX).apply(text);
    }

    private void resize() {
        long tokens = burstTokens;
        if (tokens < 0) {
            tokens =
                    BigInteger.valueOf(rate)
                            .multiply(BigInteger.valueOf(burstNanos))
                            .divide(BigInteger.valueOf(TOKEN))
                            .min(BigInteger.valueOf(TOKENS_MAX))
                            .longValue();
        }
        // A packet must fit in, or none would ever go.
        capacity = Math.max(tokens, one()) * TOKEN;
        level = Math.min(level, capacity);
    }

    /** What a packet must find in the bucket, in tokens. */
    private long one() {
        return of == Of.PACKETS ? 1 : 0;
    }

    /** Goes on with what another one has, at {@code now}. */
    void take(TokenBucket other, long now) {
        other.flow(now);
        level = capacity == other.capacity ? other.level : Math.min(other.level, capacity);
        filledNanos = now;
    }

    /** Fills it, at {@code now}. */
    void fill(long now) {
        filledNanos = now;
        level = capacity;
    }

    /** Leaves in it what one packet needs and no more: nobody waits, so nobody is owed. */
    void keepOne(long now) {
        flow(now);
        level = Math.min(level, one() * TOKEN);
    }

    private void flow(long now) {
        long elapsed = now - filledNanos;
        filledNanos = now;
        // A clock of whole nanoseconds is late by a part of one: what came in that part is not
        // lost.
        long most = capacity + Math.min(rate, TOKEN) - 1;
        long missing = most - level;
        if (elapsed <= 0 || rate == 0 || missing <= 0) {
            return;
        }
        // Compared before it is multiplied: the product may be too large for a long.
        level = elapsed >= nanosFor(missing) ? most : level + elapsed * rate;
    }

    private long nanosFor(long missing) {
        return Math.ceilDiv(missing, rate);
    }

    /** Whether a packet may go at {@code now}. */
    boolean isReady(long now) {
        flow(now);
        return level >= one() * TOKEN;
    }

    /** When a packet may go, seen from {@code now}; {@link #NEVER} at rate 0. */
    long readyAtNanos(long now) {
        flow(now);
        long missing = one() * TOKEN - level;
        if (missing <= 0) {
            return now;
        }
        return rate == 0 ? NEVER : now + nanosFor(missing);
    }

    /** Takes the tokens for a packet that goes; only if it {@link #isReady}. */
    void take(Packet packet) {
        level -= (of == Of.BYTES ? packet.length() : 1) * TOKEN;
    }

    /** The handler {@code rate} (read, write); {@code changed} is told after a write. */
    void handlers(Handlers handlers, Runnable settle, Runnable changed) {
        handlers.read("rate", () -> of == Of.BYTES ? rate + "Bps" : Long.toString(rate));
        handlers.write(
                "rate",
                value -> {
                    long next = parse(value);
                    settle.run();
                    rate = next;
                    resize();
                    changed.run();
                });
    }

    /** Counts what has come in until {@code now}, before the rate changes. */
    void settle(long now) {
        flow(now);
    }
}
