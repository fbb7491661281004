package vini.forwarder.elements.flow;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.Notifier;
import vini.forwarder.Packet;
import vini.forwarder.Signal;
import vini.forwarder.Task;

/**
 * Pulls from its inputs by deficit round robin (Shreedhar and Varghese, SIGCOMM 1995): in each
 * round an input may give QUANTUM bytes, and what it could not use since its next packet was longer
 * is added to the next round. So each gets an equal share of bytes, whatever its packets' sizes.
 *
 * <p>Argument: QUANTUM, 1 to 1048576 bytes (default 500). It holds at most one packet for each
 * input.
 *
 * <pre>{@code
 * a -> Queue -> [0] d :: DRRSched -> Unqueue -> ...; b -> Queue -> [1] d;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "DRRSched", ports = "-/1", processing = "l/l")
public final class DrrSched extends Element {
    /** Active while a packet is held, or there may be one to pull. */
    private final Notifier worthIt = new Notifier(true);

    private @Nullable Packet[] heads = {};
    private long[] deficits = {};
    private Signal[] signals = {};
    private int quantum;
    private int next;
    private boolean inRound;

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        quantum = arguments.optional("QUANTUM", ArgumentTypes.integer(1, 1 << 20), 500);
        heads = new @Nullable Packet[inputs()];
        deficits = new long[inputs()];
    }

    @Override
    protected void initialize() {
        Task task = task(this::look);
        signals = new Signal[inputs()];
        for (int i = 0; i < inputs(); i++) {
            signals[i] = nonEmpty(i, task);
        }
        look();
    }

    private boolean look() {
        boolean worth = false;
        for (int i = 0; i < heads.length; i++) {
            worth |= heads[i] != null || signals[i].isActive();
        }
        worthIt.set(worth);
        return false;
    }

    @Override
    public @Nullable Packet pull(int port) {
        Packet packet = take();
        if (packet == null) {
            look();
        }
        return packet;
    }

    private @Nullable Packet take() {
        int empty = 0;
        while (empty < heads.length) {
            Packet head = head(next);
            if (head == null) {
                deficits[next] = 0;
                empty++;
            } else {
                empty = 0;
                if (!inRound) {
                    inRound = true;
                    deficits[next] += quantum;
                }
                if (head.length() <= deficits[next]) {
                    deficits[next] -= head.length();
                    heads[next] = null;
                    return head;
                }
            }
            inRound = false;
            next = (next + 1) % heads.length;
        }
        return null;
    }

    private @Nullable Packet head(int input) {
        if (heads[input] == null) {
            heads[input] = input(input).pull();
        }
        return heads[input];
    }

    @Override
    protected boolean holdsPackets() {
        return true;
    }

    @Override
    protected Notifier emptyNotifier(int output) {
        return worthIt;
    }

    /** What an input holds that this one has not stays with the old one, and ends with it. */
    @Override
    protected void takeState(Element old) {
        DrrSched other = (DrrSched) old;
        for (int i = 0; i < Math.min(heads.length, other.heads.length); i++) {
            heads[i] = other.heads[i];
            other.heads[i] = null;
            deficits[i] = other.deficits[i];
        }
        if (other.next < heads.length) {
            next = other.next;
            inRound = other.inRound;
        }
        look();
    }

    @Override
    protected void close() {
        for (int i = 0; i < heads.length; i++) {
            Packet head = heads[i];
            if (head != null) {
                heads[i] = null;
                head.kill();
            }
        }
    }
}
