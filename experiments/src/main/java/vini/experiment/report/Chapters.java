package vini.experiment.report;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.Analysis;
import vini.experiment.analysis.ProbeResult;
import vini.experiment.run.Probe;
import vini.experiment.run.RunFolder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The chapters of all types of probes, each with what the probes of a run have found. */
final class Chapters {
    /** More probes than this of a type are in the tables only. */
    private static final int DRAWN_MAX = 6;

    /** A page of more rows than that nobody reads, and no browser likes. */
    private static final int ROWS_MAX = 300;

    private final Analysis analysis;
    private final List<Bound<?>> chapters = new ArrayList<>();

    Chapters(Analysis analysis) {
        this.analysis = analysis;
        List<ProbeChapter<?>> all = new ArrayList<>();
        ServiceLoader.load(ProbeChapter.class, ProbeChapter.class.getClassLoader())
                .forEach(all::add);
        all.sort(Comparator.comparingInt(ProbeChapter::place));
        all.forEach(chapter -> chapters.add(bind(chapter)));
    }

    private <R extends ProbeResult> Bound<R> bind(ProbeChapter<R> chapter) {
        return new Bound<>(chapter, analysis.all(chapter.of()));
    }

    private record Bound<R extends ProbeResult>(ProbeChapter<R> chapter, List<R> results) {
        List<R> drawn() {
            return results.subList(0, Math.min(DRAWN_MAX, results.size()));
        }

        void figures(Analysis analysis, List<Figure> figures) {
            drawn().forEach(result -> figures.addAll(chapter.figures(result, analysis)));
        }

        void closer(Analysis analysis, List<Figure> figures) {
            drawn().forEach(result -> figures.addAll(chapter.closer(result, analysis)));
        }

        void tell(Analysis analysis, List<String> sentences) {
            results.forEach(result -> chapter.tell(result, analysis, sentences));
        }

        List<List<String>> rows() {
            return results.stream().flatMap(result -> chapter.rows(result).stream()).toList();
        }

        void tables(HtmlPage page) {
            if (!results.isEmpty()) {
                chapter.tables(page, results);
            }
        }
    }

    /** Adds the figures of all probes. */
    void figures(List<Figure> figures) {
        chapters.forEach(each -> each.figures(analysis, figures));
    }

    /** Adds the figures that look closer at something. */
    void closer(List<Figure> figures) {
        chapters.forEach(each -> each.closer(analysis, figures));
    }

    /** Adds what there is to tell. */
    void tell(List<String> sentences) {
        chapters.forEach(each -> each.tell(analysis, sentences));
    }

    /** Adds the tables of phases under one heading, and then all others. */
    void tables(HtmlPage page, String note) {
        boolean any = false;
        for (Bound<?> each : chapters) {
            List<List<String>> rows = each.rows();
            if (!rows.isEmpty()) {
                if (!any) {
                    page.element("h2", "", "Phases");
                }
                any = true;
                page.table(
                        each.chapter().heads(), rows.subList(0, Math.min(ROWS_MAX, rows.size())));
                if (rows.size() > ROWS_MAX) {
                    page.element(
                            "p",
                            "note",
                            "The first "
                                    + ROWS_MAX
                                    + " of "
                                    + Decimals.count(rows.size())
                                    + "; all of them are in "
                                    + RunFolder.SUMMARY
                                    + ".");
                }
            }
        }
        if (any) {
            page.element("p", "note", note);
        }
        chapters.forEach(each -> each.tables(page));
    }

    /** The first probe of packets between two hosts; null if there is none. */
    Probe.@Nullable Between first() {
        for (Bound<?> each : chapters) {
            for (ProbeResult result : each.results()) {
                if (result.probe() instanceof Probe.Between between) {
                    return between;
                }
            }
        }
        return null;
    }
}
