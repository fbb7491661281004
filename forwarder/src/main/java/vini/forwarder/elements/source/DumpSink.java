package vini.forwarder.elements.source;

import org.jspecify.annotations.Nullable;

import vini.forwarder.Batch;
import vini.forwarder.ConfigException;
import vini.forwarder.Counter;
import vini.forwarder.Element;
import vini.forwarder.Handlers;
import vini.forwarder.Packet;
import vini.forwarder.Signal;
import vini.forwarder.Task;

import java.io.IOException;

/**
 * An element that writes packets to a file, and passes them on if it has an output. Where nobody
 * else pulls, it does. What cannot be written is told once and counted.
 */
abstract class DumpSink extends Element {
    private static final int BURST = 32;

    /** What may stand in a file behind what another element has written; nothing: it ends. */
    enum Next {
        PACKET,
        HEADER,
        NOTHING
    }

    String file = "";
    final Counter count = new Counter();
    private final Counter errors = new Counter();
    private Counter delivered = new Counter();
    private @Nullable DumpOutput out;
    private boolean begun;

    private @Nullable Task task;
    private @Nullable Signal nonEmpty;

    /** What may follow in the same file what the element has written that this one replaces. */
    abstract Next next(DumpSink before);

    /** Writes what stands before the first packet. */
    abstract void begin(DumpOutput to) throws IOException;

    /** Writes a packet. */
    abstract void write(DumpOutput to, Packet packet) throws IOException;

    @Override
    protected int phase() {
        // After the sources, which know how packets begin.
        return 100;
    }

    @Override
    protected void initialize() throws ConfigException {
        delivered = delivered();
        DumpSink before = predecessor(DumpSink.class);
        if (before == null || !goesOn(before)) {
            try {
                out = DumpOutput.open(file);
            } catch (IOException e) {
                throw new ConfigException(file + ": " + FromDump.reason(e));
            }
        }
        if (isPull(0) && (outputs() == 0 || isPush(0))) {
            Task pulls = task(this::run);
            task = pulls;
            nonEmpty = nonEmpty(0, pulls);
            pulls.reschedule();
        }
    }

    private boolean goesOn(DumpSink before) {
        return before.file.equals(file) && before.out != null && next(before) != Next.NOTHING;
    }

    private boolean run() {
        int taken = 0;
        while (taken < BURST) {
            Packet packet = input(0).pull();
            if (packet == null) {
                break;
            }
            take(packet);
            taken++;
            if (outputs() > 0) {
                output(0).add(packet);
            } else {
                delivered.increment();
                packet.kill();
            }
        }
        flushOutputs();
        if (task != null && nonEmpty != null && nonEmpty.isActive()) {
            task.reschedule();
        }
        return taken > 0;
    }

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            take(batch.get(i));
        }
        if (outputs() > 0) {
            output(0).push(batch);
        } else {
            delivered.add(batch.size());
            batch.kill();
        }
    }

    @Override
    protected Packet simpleAction(Packet packet) {
        take(packet);
        return packet;
    }

    private void take(Packet packet) {
        count.increment();
        DumpOutput to = out;
        if (to == null) {
            errors.increment();
            return;
        }
        try {
            beginOnce(to);
            write(to, packet);
        } catch (IOException e) {
            errors.increment();
            fail(e);
        }
    }

    private void beginOnce(DumpOutput to) throws IOException {
        if (!begun) {
            begun = true;
            begin(to);
        }
    }

    /** From here on nothing is written any more. */
    private void fail(IOException e) {
        chatter(name() + ": " + file + ": " + e.getMessage());
        DumpOutput to = out;
        out = null;
        try {
            if (to != null) {
                to.abandon();
            }
        } catch (IOException again) {
            chatter(name() + ": " + file + ": " + again.getMessage());
        }
    }

    final void flush() {
        DumpOutput to = out;
        if (to != null) {
            try {
                beginOnce(to);
                to.flush();
            } catch (IOException e) {
                fail(e);
            }
        }
    }

    /** Takes over the file that the other one has open, if it is the same. */
    @Override
    protected void takeState(Element old) {
        DumpSink other = (DumpSink) old;
        if (goesOn(other)) {
            out = other.out;
            begun = other.begun && next(other) == Next.PACKET;
            other.out = null;
            count.add(other.count.value());
            errors.add(other.errors.value());
        }
    }

    @Override
    protected void close() {
        DumpOutput to = out;
        if (to != null) {
            try {
                // A graph that could not start leaves the file as it was.
                if (hasStarted()) {
                    beginOnce(to);
                    to.close();
                } else {
                    to.abandon();
                }
                out = null;
            } catch (IOException e) {
                fail(e);
            }
        }
    }

    @Override
    protected void handlers(Handlers handlers) {
        handlers.read("count", count::value).read("filename", () -> file);
        handlers.read("errors", errors::value);
        handlers.write("reset_counts", value -> count.reset());
        handlers.write("flush", value -> flush());
        if (task != null) {
            handlers.task(task);
        }
    }
}
