package vini.experiment.report;

import vini.experiment.analysis.Analysis;
import vini.experiment.analysis.ProbeResult;

import java.util.List;

/**
 * What a report says of a type of probe; a service, one for each type.
 *
 * @param <R> what such probes find
 */
interface ProbeChapter<R extends ProbeResult> {
    /** The results that it is about. */
    Class<R> of();

    /** Where it stands among the others: the smaller, the earlier. */
    int place();

    /** The figures of a probe. */
    default List<Figure> figures(R result, Analysis analysis) {
        return List.of();
    }

    /** Figures that look closer at something, which stand after those of all probes. */
    default List<Figure> closer(R result, Analysis analysis) {
        return List.of();
    }

    /** Tells in sentences what a probe found. */
    default void tell(R result, Analysis analysis, List<String> sentences) {}

    /** The heads of the table of phases, as {@link HtmlPage#table} has them; none without one. */
    default List<String> heads() {
        return List.of();
    }

    /** The rows of a probe in that table. */
    default List<List<String>> rows(R result) {
        return List.of();
    }

    /** Adds tables of its own, which stand after those of the phases. */
    default void tables(HtmlPage page, List<R> results) {}
}
