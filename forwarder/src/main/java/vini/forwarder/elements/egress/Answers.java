package vini.forwarder.elements.egress;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Counter;
import vini.forwarder.Loop;
import vini.forwarder.Packet;
import vini.forwarder.elements.icmp.ErrorWriter;
import vini.forwarder.elements.ip.NewHeader;
import vini.forwarder.host.IpOutput;
import vini.net.wire.Ipv4Header;

import java.util.ArrayDeque;

/** What goes into the slice: answers from outside, and errors. It leaves when an event is over. */
final class Answers implements IpOutput {
    private static final int TTL = 64;

    /** What an element lends: its output and its books. */
    interface Door {
        /** Takes a packet for the slice, which leaves with the next {@link #flush}. */
        void pass(Packet packet);

        void flush();

        /** Counts packets that begin here. */
        Counter sent();

        /** Counts packets that end well here. */
        Counter delivered();

        /** Ends a packet for a reason. */
        void drop(String reason, Packet packet);
    }

    private final Loop loop;
    private final EgressSettings settings;
    private final Runnable flushSoon;
    private final EgressCounts counts;
    private ErrorWriter errors;
    private Door door;
    private final ArrayDeque<Packet> waiting = new ArrayDeque<>();
    private boolean isDue;
    private boolean isClosed;
    private int id;

    /** The segment that the stack is writing; it finishes one before it begins another. */
    private @Nullable Packet making;

    /**
     * Answers by a door.
     *
     * @param flushSoon lets {@link #flush} be called when the present event is over
     */
    Answers(
            Loop loop,
            EgressSettings settings,
            EgressCounts counts,
            Door door,
            Runnable flushSoon) {
        this.loop = loop;
        this.settings = settings;
        this.counts = counts;
        this.door = door;
        this.flushSoon = flushSoon;
        errors = new ErrorWriter(loop, counts.errorsTold, counts.errorsLimited, door.sent());
    }

    /** From now on by another door. */
    void by(Door next) {
        door = next;
        ErrorWriter before = errors;
        errors = new ErrorWriter(loop, counts.errorsTold, counts.errorsLimited, next.sent());
        errors.takeOver(before);
    }

    /** A packet begins here that goes no further. */
    void begins() {
        door.sent().increment();
    }

    /** Ends a packet for a reason, in the graph's books. */
    void drop(String reason, Packet packet) {
        door.drop(reason, packet);
    }

    /** A packet has come to where it was to go. */
    void delivered(Packet packet) {
        door.delivered().increment();
        packet.kill();
    }

    /**
     * Sends a payload from outside into the slice, in a packet that is given away.
     *
     * @param payload begins with its transport header
     */
    void send(Packet payload, int protocol, int from, int to) {
        Packet packet = payload.prepend(Ipv4Header.BYTES);
        NewHeader.write(packet, 0, id++ & 0xffff, 0, TTL, protocol, from, to);
        add(packet);
    }

    /** Tells a user that something is wrong here. */
    void tell(ErrorWriter.Kind kind, int user, ByteBuf quote, int at, int bytes) {
        tell(kind, settings.errorSource().bits(), user, quote, at, bytes);
    }

    /** Tells a user what somebody outside says. */
    void tell(ErrorWriter.Kind kind, int from, int user, ByteBuf quote, int at, int bytes) {
        Packet error = errors.write(kind, from, user, quote, at, bytes);
        if (error != null) {
            begun(error);
        }
    }

    private void add(Packet packet) {
        door.sent().increment();
        begun(packet);
    }

    private void begun(Packet packet) {
        packet.timestampNanos(loop.clock().epochNanos());
        if (isClosed) {
            packet.kill(); // the graph ends: who comes after may have gone
            return;
        }
        waiting.add(packet);
        if (!isDue) {
            isDue = true;
            flushSoon.run();
        }
    }

    /**
     * Passes on what has come together. Never inside of what makes it: the packets may lead back to
     * this element at once.
     */
    void flush() {
        isDue = false;
        for (int left = waiting.size(); left > 0; left--) {
            door.pass(waiting.remove());
        }
        door.flush();
    }

    /** Kills what has not left; nothing leaves any more. */
    void close() {
        isClosed = true;
        waiting.forEach(Packet::kill);
        waiting.clear();
    }

    @Override
    public ByteBuf buffer(int bytes) {
        if (making != null) {
            throw new IllegalStateException("a segment was begun inside of another");
        }
        making = loop.packets().allocate(bytes);
        return making.buffer().setIndex(making.start(), making.start());
    }

    @Override
    public void send(ByteBuf bytes) {
        Packet packet = making;
        if (packet == null) {
            throw new IllegalStateException("no segment was begun");
        }
        making = null;
        bytes.readerIndex(0); // as the pool wants it back
        packet.networkHeader(0);
        packet.transportHeader(Ipv4Header.BYTES);
        packet.destination(packet.i32(Ipv4Header.DESTINATION_AT));
        add(packet);
    }
}
