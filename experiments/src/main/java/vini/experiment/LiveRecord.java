package vini.experiment;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import vini.experiment.probe.RunningProbe;
import vini.experiment.run.BooksRow;
import vini.experiment.run.EventRow;
import vini.experiment.run.NeighborRow;
import vini.experiment.run.NewLines;
import vini.experiment.run.RouteRow;
import vini.experiment.run.RunFolder;
import vini.experiment.spec.NamedProbe;
import vini.overlay.host.BackgroundFiles;
import vini.time.Clock;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * Writes what a course sees into its folder while it goes on: each second what is new. If this
 * process is killed, the folder has what was measured until then; if not, its files are written
 * anew at the end, with all that came late. It lives on the thread of the world's clock, and has
 * rows made into text, and written, on another.
 */
final class LiveRecord {
    private static final long EVERY_NANOS = 1_000_000_000L;

    /** Events are written as a whole, which may be done a second later for each of so many. */
    private static final int EVENTS_A_SECOND = 1000;

    private final Course course;
    private final RunFolder folder;
    private final ObjectNode environment;
    private final Clock clock;
    private final RunListener listener;
    private final BackgroundFiles files;
    private final NewLines routes = new NewLines();
    private final NewLines neighbors = new NewLines();
    private final TreeSet<String> reasons = new TreeSet<>();
    private @Nullable List<EventRow> events;
    private int eventsWait;
    private int booksWritten;
    private @Nullable ObjectNode said;

    /**
     * For one course.
     *
     * @param environment what {@code environment.json} says before the course
     * @param listener hears when nothing can be written any more
     */
    LiveRecord(
            Course course,
            RunFolder folder,
            ObjectNode environment,
            Clock clock,
            RunListener listener,
            BackgroundFiles files) {
        this.course = course;
        this.folder = folder;
        this.environment = environment;
        this.clock = clock;
        this.listener = listener;
        this.files = files;
    }

    /** Writes what is new, and goes on until the end of the course begins. */
    void write() {
        if (course.isEnding()) {
            return; // its files are about to be written as a whole
        }
        String trouble = files.trouble();
        if (trouble != null) {
            listener.note(course.nowS(), "the run is not recorded any more as it goes: " + trouble);
            return;
        }
        List<NamedProbe> probes = course.experiment().probes();
        for (int i = 0; i < probes.size(); i++) {
            Path file = folder.file(probes.get(i).spec().file(probes.get(i).name()));
            RunningProbe probe = course.probe(i);
            if (probe.settlesAnew()) {
                files.replace(file, probe.settled());
            } else {
                files.append(file, probe.settled());
            }
        }
        HistoryLog history = course.history();
        files.append(folder.file(RunFolder.ROUTES), routes.of(history.routes(), RouteRow::line));
        files.append(
                folder.file(RunFolder.ROUTERS),
                neighbors.of(history.neighbors(), NeighborRow::line));
        writeEvents();
        writeBooks();
        writeEnvironment();
        clock.schedule(EVERY_NANOS, this::write);
    }

    /** An event is not as it will be until its effect is seen. */
    private void writeEvents() {
        if (eventsWait > 0) {
            eventsWait--;
        } else if (!course.events().equals(events)) {
            List<EventRow> now = List.copyOf(course.events());
            events = now;
            eventsWait = now.size() / EVENTS_A_SECOND;
            files.replace(
                    folder.file(RunFolder.EVENTS), () -> now.stream().map(EventRow::line).toList());
        }
    }

    /** The books have a column for each reason: with a new one they begin anew. */
    private void writeBooks() {
        List<BooksRow> rows = course.books();
        List<BooksRow> fresh = List.copyOf(rows.subList(booksWritten, rows.size()));
        boolean first = booksWritten == 0;
        boolean wider = false;
        for (BooksRow row : fresh) {
            wider |= reasons.addAll(row.dropped().keySet());
        }
        if (first || wider) {
            List<BooksRow> all = List.copyOf(rows);
            files.replace(folder.file(RunFolder.BOOKS), () -> BooksRow.lines(all));
        } else {
            List<String> columns = List.copyOf(reasons);
            files.append(
                    folder.file(RunFolder.BOOKS),
                    () -> fresh.stream().map(row -> row.line(columns)).toList());
        }
        booksWritten = rows.size();
    }

    /** What a reader needs besides the rows is known only when apps have spoken. */
    private void writeEnvironment() {
        ObjectNode now = environment.deepCopy();
        RunEnvironment.addCourse(now, course.experiment(), course);
        if (!now.equals(said)) {
            said = now;
            files.replace(
                    folder.file(RunFolder.ENVIRONMENT), () -> List.of(FolderWriter.text(now)));
        }
    }
}
