package vini.forwarder.elements.ether;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.net.EtherAddress;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What EtherSwitch and ListenEtherSwitch have in common: a bridge of IEEE 802.1D 7.7 to 7.9. */
abstract class LearningSwitch extends Element {
    private static final int ADDRESSES_MAX = 65_536;

    private static final long SECOND = 1_000_000_000L;
    private static final long TIMEOUT_DEFAULT = 300 * SECOND;

    private static final class Seen {
        int port;
        long atNanos;
    }

    /** By use, so that a flood of invented addresses displaces itself; those unused come first. */
    private final Map<Long, Seen> table = new LinkedHashMap<>(16, 0.75f, true);

    private long timeoutNanos;
    private Counter sent = new Counter();

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter tooShort;

    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter samePort;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        timeoutNanos = arguments.keyword("TIMEOUT", ArgumentTypes::nanos, TIMEOUT_DEFAULT);
    }

    @Override
    protected void initialize() {
        sent = sent();
        tooShort = drops("tooShort");
        samePort = drops("samePort");
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            forward(port, batch.get(i));
        }
        batch.recycle();
        flushOutputs();
    }

    private void forward(int port, Packet packet) {
        heard(packet);
        if (!Frames.hasHeader(packet)) {
            tooShort.drop(packet);
            return;
        }
        learn(Frames.source(packet), port);
        int target = lookup(Frames.destination(packet));
        if (target == port) {
            samePort.drop(packet);
        } else if (target >= 0) {
            output(target).add(packet);
        } else {
            flood(port, packet);
        }
    }

    /** Each packet that comes, before anything happens to it. */
    void heard(Packet packet) {}

    /** A copy of a packet, in the books. */
    Packet copy(Packet packet) {
        sent.increment();
        return packet.share();
    }

    private void learn(long source, int port) {
        if (timeoutNanos == 0 || new EtherAddress(source).isGroup()) {
            return;
        }
        Seen seen = table.get(source);
        if (seen == null) {
            if (table.size() >= ADDRESSES_MAX) {
                table.remove(table.keySet().iterator().next());
            }
            seen = new Seen();
            table.put(source, seen);
        }
        seen.port = port;
        seen.atNanos = loop().clock().nowNanos();
    }

    private int lookup(long destination) {
        Seen seen = table.get(destination);
        if (seen == null) {
            return -1;
        }
        if (isOver(seen)) {
            table.remove(destination);
            return -1;
        }
        return seen.port;
    }

    private boolean isOver(Seen seen) {
        return loop().clock().nowNanos() - seen.atNanos > timeoutNanos;
    }

    private void flood(int port, Packet packet) {
        int last = inputs() - 1 == port ? inputs() - 2 : inputs() - 1;
        if (last < 0) {
            samePort.drop(packet);
            return;
        }
        for (int other = 0; other < last; other++) {
            if (other != port) {
                output(other).add(copy(packet));
            }
        }
        output(last).add(packet);
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("table", this::text);
        handlers.read("timeout", () -> seconds(timeoutNanos));
        handlers.write("timeout", value -> timeoutNanos = ArgumentTypes.nanos(value));
    }

    private static String seconds(long nanos) {
        return nanos % SECOND == 0 ? "" + nanos / SECOND : "" + (double) nanos / SECOND;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(table)
                .forEach(
                        (address, seen) -> {
                            if (!isOver(seen)) {
                                text.append(new EtherAddress(address)).append(' ');
                                text.append(seen.port).append('\n');
                            }
                        });
        return text.toString();
    }

    @Override
    protected void takeState(Element old) {
        LearningSwitch other = (LearningSwitch) old;
        other.table.forEach(
                (address, seen) -> {
                    if (seen.port < inputs()) {
                        table.put(address, seen);
                    }
                });
    }
}
