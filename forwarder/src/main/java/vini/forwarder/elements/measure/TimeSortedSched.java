package vini.forwarder.elements.measure;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Handlers;
import vini.forwarder.Notifier;
import vini.forwarder.Packet;
import vini.forwarder.Signal;
import vini.forwarder.Task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Gives, of the packets that it can pull from its inputs, the one with the earliest timestamp; so
 * it merges streams that are in order by themselves. Each input may have BUFFER packets in store
 * here (1 to 65536, default 1), so that with more of them an input may be a little out of order.
 * With STOP true the run is stopped when no packet is left and none can come (default false).
 *
 * <pre>{@code
 * tss :: TimeSortedSched(STOP true);
 * FromDump(a.pcap) -> [0] tss;
 * FromDump(b.pcap) -> [1] tss;
 * tss -> ...;
 * }</pre>
 *
 * <p>Handlers: {@code well_ordered} (read: false if a packet was given after a later one).
 */
@AutoService(Element.class)
@ElementClass(name = "TimeSortedSched", ports = "-/1", processing = "l/l")
public final class TimeSortedSched extends Element {
    private record Stored(Packet packet, int input, long order) {}

    private final PriorityQueue<Stored> stored =
            new PriorityQueue<>(
                    Comparator.<Stored>comparingLong(s -> s.packet().timestampNanos())
                            .thenComparingInt(Stored::input)
                            .thenComparingLong(Stored::order));
    private final Notifier ready = new Notifier(true);
    private final List<Signal> nonEmpty = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private Task over;

    private int[] room = {};
    private int buffer;
    private boolean stop;
    private long order;
    private long latestNanos = Long.MIN_VALUE;
    private boolean wellOrdered = true;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        stop = arguments.keyword("STOP", ArgumentTypes::bool, false);
        buffer = arguments.keyword("BUFFER", ArgumentTypes.integer(1, 1 << 16), 1);
    }

    @Override
    protected void initialize() {
        Task wake =
                task(
                        () -> {
                            tell();
                            return false;
                        });
        over = task(this::stopIfOver);
        room = new int[inputs()];
        for (int i = 0; i < inputs(); i++) {
            nonEmpty.add(nonEmpty(i, wake));
            room[i] = buffer;
        }
        tell();
    }

    @Override
    public @Nullable Packet pull(int port) {
        for (int i = 0; i < inputs(); i++) {
            while (room[i] > 0 && nonEmpty.get(i).isActive()) {
                Packet packet = input(i).pull();
                if (packet == null) {
                    break;
                }
                room[i]--;
                stored.add(new Stored(packet, i, order++));
            }
        }
        Stored first = stored.poll();
        tell();
        if (!ready.isActive()) {
            // Not at once: the packet that is given now is still to go its way.
            over.reschedule();
        }
        if (first == null) {
            return null;
        }
        room[first.input()]++;
        long time = first.packet().timestampNanos();
        wellOrdered &= time >= latestNanos;
        latestNanos = time;
        return first.packet();
    }

    private boolean stopIfOver() {
        if (stop && !ready.isActive()) {
            driver().stop();
        }
        return false;
    }

    private void tell() {
        ready.set(!stored.isEmpty() || nonEmpty.stream().anyMatch(Signal::isActive));
    }

    @Override
    protected boolean holdsPackets() {
        return true;
    }

    @Override
    protected Notifier emptyNotifier(int output) {
        return ready;
    }

    @Override
    protected void takeState(Element old) {
        TimeSortedSched other = (TimeSortedSched) old;
        for (Stored packet : List.copyOf(other.stored)) {
            if (packet.input() < inputs()) {
                other.stored.remove(packet);
                stored.add(packet);
                room[packet.input()]--;
            }
        }
        order = other.order;
        latestNanos = other.latestNanos;
        wellOrdered = other.wellOrdered;
        tell();
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("well_ordered", () -> wellOrdered);
    }

    @Override
    protected void close() {
        stored.forEach(s -> s.packet().kill());
        stored.clear();
    }
}
