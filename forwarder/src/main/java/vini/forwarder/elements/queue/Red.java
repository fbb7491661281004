package vini.forwarder.elements.queue;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Drops packets by Random Early Detection (Floyd and Jacobson 1993), before its queues are full. It
 * keeps a moving average of the length of its queues. Up to MIN_THRESH packets none is marked; from
 * there to MAX_THRESH (at least MIN_THRESH) the probability grows evenly from 0 to MAX_P. Marked
 * packets leave by output 1, or are dropped if there is no such output.
 *
 * <ul>
 *   <li>MIN_THRESH, MAX_THRESH: packets, 0 to 1000000
 *   <li>MAX_P: 0 to 1 or a percentage
 *   <li>QUEUES: the names of the queues to watch; without it those that are nearest downstream
 *       where packets are pushed through RED, those nearest upstream where they are pulled
 *   <li>STABILITY: how slowly the average moves: a length counts for 2^-STABILITY in it; 0 to 16,
 *       default 4, and 0 is the length itself. While the queues are empty the average falls to a
 *       share of 1/e in a second
 *   <li>GENTLE: above MAX_THRESH the probability grows evenly from MAX_P to 1 at twice MAX_THRESH
 *       (true, the default), or is 1 (false)
 * </ul>
 *
 * <pre>{@code
 * ... -> RED(5, 50, 0.02) -> Queue(200) -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code min_thresh}, {@code max_thresh}, {@code max_p} (read, write), {@code drops},
 * {@code queues} (read: their names), {@code avg_queue_size}, {@code stats} (read: a text).
 */
@AutoService(Element.class)
@ElementClass(name = "RED", ports = "1/1-2", processing = "a/ah", drops = "randomEarly")
public final class Red extends Element {
    private static final int PACKETS_MAX = 1_000_000;
    private static final double SECOND = 1e9;

    private Storages queues = Storages.NONE;
    private @Nullable String queueNames;
    private int minThreshold;
    private int maxThreshold;
    private double maxP;
    private double weight;
    private boolean gentle;

    private double average;

    /** Packets since the latest that was marked; negative while the average is low. */
    private long unmarked = -1;

    private long latestNanos;
    private long drops;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private RandomGenerator chance;

    @SuppressWarnings("NullAway.Init")
    private DropCounter randomEarly;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        minThreshold = arguments.required("MIN_THRESH", ArgumentTypes.integer(0, PACKETS_MAX));
        maxThreshold = arguments.required("MAX_THRESH", ArgumentTypes.integer(0, PACKETS_MAX));
        maxP = arguments.required("MAX_P", ArgumentTypes::share);
        queueNames = arguments.keyword("QUEUES", ArgumentTypes::string, "");
        int stability = arguments.keyword("STABILITY", ArgumentTypes.integer(0, 16), 4);
        weight = 1.0 / (1 << stability);
        gentle = arguments.keyword("GENTLE", ArgumentTypes::bool, true);
        if (maxThreshold < minThreshold) {
            throw new ConfigException("MAX_THRESH is less than MIN_THRESH");
        }
    }

    @Override
    protected void initialize() throws ConfigException {
        chance = chance();
        randomEarly = drops("randomEarly");
        if (queueNames != null && !queueNames.isBlank()) {
            queues = Storages.named(graph(), name(), queueNames);
        } else if (isPush(0)) {
            queues = Storages.nearest(downstream(Storage.class), "downstream");
        } else {
            queues = Storages.nearest(upstream(Storage.class), "upstream");
        }
    }

    @Override
    protected @Nullable Packet simpleAction(Packet packet) {
        if (!marks()) {
            return packet;
        }
        drops++;
        addOrDrop(1, packet, randomEarly);
        return null;
    }

    private boolean marks() {
        long now = loop().clock().nowNanos();
        long length = queues.stored();
        if (length == 0) {
            // With w = 1 - e^(-1/K) at K packets a second, an idle second is K lengths of 0.
            average *= StrictMath.exp(-(now - latestNanos) / SECOND);
        }
        latestNanos = now;
        average += (length - average) * weight;
        double basic = probability();
        if (basic <= 0) {
            unmarked = -1;
            return false;
        }
        unmarked++;
        // Spreads the marks evenly: p / (1 - count * p) makes the gaps uniform, not geometric.
        double rest = 1 - unmarked * basic;
        if (rest <= basic || chance.nextDouble() < basic / rest) {
            unmarked = 0;
            return true;
        }
        return false;
    }

    private double probability() {
        if (average <= minThreshold) {
            return 0;
        }
        if (average <= maxThreshold) {
            return maxP * (average - minThreshold) / (maxThreshold - minThreshold);
        }
        if (!gentle || average >= 2.0 * maxThreshold) {
            return 1;
        }
        return maxP + (1 - maxP) * (average - maxThreshold) / maxThreshold;
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("min_thresh", () -> minThreshold).read("max_thresh", () -> maxThreshold);
        handlers.read("max_p", () -> Share.text(maxP)).read("drops", () -> drops);
        handlers.read("queues", () -> queues.names());
        handlers.read("avg_queue_size", () -> text(average));
        handlers.read("stats", this::stats);
        handlers.write(
                "min_thresh",
                value -> {
                    int next = ArgumentTypes.integer(0, maxThreshold).apply(value);
                    minThreshold = next;
                });
        handlers.write(
                "max_thresh",
                value -> {
                    int next = ArgumentTypes.integer(minThreshold, PACKETS_MAX).apply(value);
                    maxThreshold = next;
                });
        handlers.write("max_p", value -> maxP = ArgumentTypes.share(value));
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private String stats() {
        return "%d current queue, %s average queue\n%d drops\n"
                .formatted(queues.stored(), text(average), drops);
    }

    @Override
    protected void takeState(Element old) {
        Red other = (Red) old;
        average = other.average;
        drops += other.drops;
        unmarked = other.unmarked;
        latestNanos = other.latestNanos;
    }
}
