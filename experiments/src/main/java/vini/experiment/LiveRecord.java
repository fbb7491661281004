package vini.experiment;

import vini.experiment.run.BooksRow;
import vini.experiment.run.EventRow;
import vini.experiment.run.NeighborRow;
import vini.experiment.run.NewLines;
import vini.experiment.run.RouteRow;
import vini.experiment.run.RunFolder;
import vini.experiment.spec.NamedProbe;
import vini.overlay.host.BackgroundFiles;
import vini.time.Clock;

import java.util.List;

/**
 * Writes what a course sees into its folder while it goes on: each second the rows that are new. If
 * this process is killed, the folder has what was measured until then; if not, its files are
 * written anew at the end, with all that came late. It lives on the thread of the world's clock.
 */
final class LiveRecord {
    private static final long EVERY_NANOS = 1_000_000_000L;

    /** A file that is written as a whole waits until it has grown by this share. */
    private static final double GROWTH = 0.1;

    private final Course course;
    private final RunFolder folder;
    private final Clock clock;
    private final BackgroundFiles files;
    private final NewLines routes = new NewLines();
    private final NewLines neighbors = new NewLines();
    private List<EventRow> events = List.of();
    private int booksWritten;

    private LiveRecord(Course course, RunFolder folder, Clock clock, BackgroundFiles files) {
        this.course = course;
        this.folder = folder;
        this.clock = clock;
        this.files = files;
    }

    /** Begins, and goes on until the course is over. */
    static void begin(Course course, RunFolder folder, Clock clock, BackgroundFiles files) {
        new LiveRecord(course, folder, clock, files).write();
    }

    private void write() {
        if (course.isOver()) {
            return; // its files are about to be written as a whole
        }
        List<NamedProbe> probes = course.experiment().probes();
        for (int i = 0; i < probes.size(); i++) {
            String file = probes.get(i).spec().file(probes.get(i).name());
            files.append(folder.file(file), course.settled(i));
        }
        HistoryLog history = course.history();
        files.append(folder.file(RunFolder.ROUTES), routes.of(history.routes(), RouteRow::line));
        files.append(
                folder.file(RunFolder.ROUTERS),
                neighbors.of(history.neighbors(), NeighborRow::line));
        writeEvents();
        writeBooks();
        clock.schedule(EVERY_NANOS, this::write);
    }

    /** An event is not as it will be until its effect is seen. */
    private void writeEvents() {
        if (!events.equals(course.events())) {
            List<EventRow> now = List.copyOf(course.events());
            events = now;
            files.replace(
                    folder.file(RunFolder.EVENTS), () -> now.stream().map(EventRow::line).toList());
        }
    }

    /** The books have a column for each reason, and so another head when one is new. */
    private void writeBooks() {
        int rows = course.books().size();
        if (rows > booksWritten * (1 + GROWTH)) {
            booksWritten = rows;
            List<BooksRow> now = List.copyOf(course.books());
            files.replace(folder.file(RunFolder.BOOKS), () -> BooksRow.lines(now));
        }
    }
}
