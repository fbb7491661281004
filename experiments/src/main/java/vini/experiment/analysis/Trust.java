package vini.experiment.analysis;

import vini.experiment.run.BooksRow;
import vini.experiment.run.PacketBooks;
import vini.experiment.run.Run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Why a run should not be trusted, as far as its folder tells. */
final class Trust {
    private Trust() {}

    /** Reasons, each a sentence; none if there is no doubt. */
    static List<String> doubts(Analysis analysis) {
        Run run = analysis.run();
        List<String> doubts = new ArrayList<>();
        run.environment().path("warnings").forEach(warning -> doubts.add(warning.asString("")));
        List<String> problems = run.problems();
        if (!problems.isEmpty()) {
            int more = problems.size() - 1;
            doubts.add(
                    "the run's folder is not whole: "
                            + problems.getFirst()
                            + (more == 0 ? "" : ", and " + more + " more of the kind"));
        }
        PacketBooks books = run.packets();
        if (books != null && books.missing() != 0) {
            doubts.add("the books do not balance: " + missing(books.sent(), books.missing()));
        }
        seconds(run, doubts);
        AddedDelay added = AddedDelay.of(analysis);
        if (added != null && !added.holds()) {
            doubts.add(
                    String.format(
                            Locale.ROOT,
                            "echoes of probe %s took %.1f ms more than the links' delays"
                                    + " (%.1f ms): the machine adds to them",
                            added.probe(),
                            added.millis(),
                            added.linksMs()));
        }
        return doubts;
    }

    /**
     * In the virtual world nothing is between two readings; in the live world packets are in
     * kernels' hands while it runs, and only the end can be judged.
     */
    private static void seconds(Run run, List<String> doubts) {
        if (!run.environment().path("world").asString("").equals("virtual")) {
            return;
        }
        List<BooksRow> wrong = run.books().stream().filter(row -> row.missing() != 0).toList();
        if (!wrong.isEmpty()) {
            BooksRow first = wrong.getFirst();
            doubts.add(
                    String.format(
                                    Locale.ROOT,
                                    "the books did not balance at %.1f s: ",
                                    first.timeS())
                            + missing(first.sent(), first.missing())
                            + (wrong.size() == 1
                                    ? ""
                                    : ", nor at " + (wrong.size() - 1) + " later times"));
        }
    }

    private static String missing(long sent, long missing) {
        return "of "
                + sent
                + " packets sent, "
                + Math.abs(missing)
                + (missing > 0 ? " are unaccounted for" : " too many ended");
    }
}
