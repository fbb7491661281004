package vini.experiment;

import vini.experiment.run.BooksRow;
import vini.experiment.run.EventRow;
import vini.experiment.run.PacketBooks;
import vini.overlay.host.MachineSample;
import vini.overlay.world.World;
import vini.time.Clock;
import vini.time.Timer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is read at each full second of a course, and at some moments between: the books of the slice
 * and, where there is one, what the machine below does.
 */
final class Bookkeeper {
    private static final long SECOND_NANOS = 1_000_000_000L;

    /** Of a run that lasts longer than so many seconds, fewer are read. */
    private static final long ROWS_MAX = 86_400;

    private final World world;
    private final Clock clock;
    private final long startNanos;
    private final long durationNanos;
    private final RunListener listener;
    private final HistoryLog history;
    private final BooksLog books;
    private final List<MachineSample> machine = new ArrayList<>();
    private final List<LinksReading> links = new ArrayList<>(List.of(LinksReading.START));
    private final Fidelity fidelity = new Fidelity();
    private final Timer timer;
    private final long stepNanos;
    private long nextNanos;
    private int changesSeen;
    private PacketBooks packets = Books.of("");

    /**
     * Begins.
     *
     * @param startNanos t = 0 on the world's clock
     */
    Bookkeeper(
            World world,
            long startNanos,
            long durationNanos,
            RunListener listener,
            HistoryLog history) {
        this.world = world;
        this.clock = world.clock();
        this.startNanos = startNanos;
        this.durationNanos = durationNanos;
        this.stepNanos = SECOND_NANOS * Math.ceilDiv(durationNanos, ROWS_MAX * SECOND_NANOS);
        this.listener = listener;
        this.history = history;
        this.books = new BooksLog(world);
        this.timer = clock.timer(this::fullSecond);
        timer.at(startNanos);
    }

    private double seconds() {
        return (clock.nowNanos() - startNanos) / 1e9;
    }

    private void fullSecond() {
        books.take(seconds());
        if (!books.rows().isEmpty()) {
            listener.books(books.rows().getLast());
        }
        try {
            MachineSample now = world.machine();
            if (now != null) {
                machine.add(now);
            }
        } catch (IOException e) {
            listener.note(seconds(), "what the machine does cannot be read: " + e.getMessage());
        }
        readLinksNowAndThen();
        if (nextNanos < durationNanos) {
            nextNanos = Math.min(nextNanos + stepNanos, durationNanos);
            timer.at(startNanos + nextNanos);
        }
    }

    /** Those after the start, which they count from; only to know when packets were late. */
    private void readLinksNowAndThen() {
        if (machine.isEmpty() || nextNanos == 0) {
            return;
        }
        try {
            readLinks();
        } catch (IOException e) {
            // The forwarder is away; if it has died, this is not judged.
        }
    }

    private void readLinks() throws IOException {
        links.add(LinksReading.of(seconds(), world.punctuality()));
    }

    /** An event is about to happen. */
    void beforeAnEvent() {
        books.beforeAnEvent(seconds());
    }

    /** The changes of FIBs so far are known. */
    void afterChanges() {
        if (history.routes().size() > changesSeen) {
            changesSeen = history.routes().size();
            books.take(seconds());
        }
    }

    /** Whether no packet is on its way. */
    boolean isQuiet() {
        return books.isQuiet();
    }

    /** The course is over; what was on its way has arrived, as far as it was waited for. */
    void close() {
        timer.cancel();
        packets = books.close(seconds());
    }

    /** What had become of the packets in the end, place by place. */
    PacketBooks packets() {
        return packets;
    }

    /**
     * Judges how faithful the machine was, if there is one.
     *
     * @param forwarderDied and took along what it knew
     * @param forwarderStood because the experiment wanted it to
     */
    void judge(List<EventRow> events, boolean forwarderDied, boolean forwarderStood)
            throws IOException {
        if (machine.isEmpty()) {
            return;
        }
        fidelity.events(events);
        if (!forwarderDied) {
            if (!forwarderStood) {
                readLinks();
                fidelity.links(links);
            }
            fidelity.tunnels(books.rows(), events);
        }
        try {
            fidelity.pauses(world.pauses());
        } catch (IOException e) {
            listener.note(seconds(), "pauses are not known: " + e.getMessage());
        }
        fidelity.processors(machine);
        fidelity.clocks(machine, stepNanos / 1e9);
    }

    /** How faithful the machine was; without measures in a world that has none. */
    Fidelity fidelity() {
        return fidelity;
    }

    /** What had become of the packets at each time. */
    List<BooksRow> books() {
        return books.rows();
    }
}
