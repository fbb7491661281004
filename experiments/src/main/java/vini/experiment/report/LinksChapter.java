package vini.experiment.report;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.experiment.analysis.Analysis;
import vini.experiment.analysis.LinkLoad;
import vini.experiment.analysis.LinksResult;
import vini.experiment.run.Run;

import java.util.ArrayList;
import java.util.List;

/** What a report says of links. */
@AutoService(ProbeChapter.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class LinksChapter implements ProbeChapter<LinksResult> {
    /** More would make a table that nobody reads. */
    private static final int ROWS_MAX = 20;

    private static final double PERCENT = 100;

    @Override
    public Class<LinksResult> of() {
        return LinksResult.class;
    }

    @Override
    public int place() {
        return 60;
    }

    @Override
    public List<Figure> figures(LinksResult links, Analysis analysis) {
        Run run = analysis.run();
        return LinksFigure.of(links, run.events(), run.endS());
    }

    @Override
    public void tell(LinksResult links, Analysis analysis, List<String> sentences) {
        LinkLoad busiest = links.whole().busiest();
        if (busiest == null) {
            return;
        }
        Double use = busiest.useMean();
        StringBuilder text = new StringBuilder("The busiest link was ");
        text.append(busiest.from()).append(" to ").append(busiest.to()).append(" with ");
        text.append(Decimals.rate(busiest.mbpsMean())).append(" in the mean");
        if (use != null) {
            text.append(", ").append(percent(use)).append(" of its rate");
        }
        if (links.whole().dropped() > 0) {
            text.append("; links dropped ").append(Decimals.count(links.whole().dropped()));
            text.append(links.whole().dropped() == 1 ? " packet" : " packets");
        }
        sentences.add(text.append('.').toString());
    }

    @Override
    public void tables(HtmlPage page, List<LinksResult> results) {
        page.element("h2", "", "Links");
        for (LinksResult result : results) {
            List<List<String>> rows = new ArrayList<>();
            result.whole().loads().stream().limit(ROWS_MAX).forEach(load -> rows.add(row(load)));
            page.table(
                    List.of(
                            "link",
                            ">mean",
                            ">share",
                            ">peak",
                            ">share",
                            ">at",
                            ">carried",
                            ">queue",
                            ">dropped"),
                    rows);
            int more = result.whole().loads().size() - rows.size();
            page.element(
                    "p",
                    "note",
                    "Means are over the whole run, peaks over "
                            + Decimals.seconds(result.probe().everyS())
                            + " s, at the time in seconds; the queue is the longest, in packets."
                            + (more > 0
                                    ? " The busiest of " + (rows.size() + more) + " directions."
                                    : ""));
        }
    }

    private static List<String> row(LinkLoad load) {
        return List.of(
                load.from() + " → " + load.to(),
                Decimals.rate(load.mbpsMean()),
                share(load.useMean()),
                Decimals.rate(load.mbpsPeak()),
                share(load.usePeak()),
                Double.isNaN(load.peakS()) ? "–" : Decimals.fixed(load.peakS(), 1),
                Decimals.bytes(load.bytes()),
                Integer.toString(load.queueMax()),
                Decimals.count(load.dropped()));
    }

    private static String share(@Nullable Double value) {
        return value == null ? "–" : percent(value);
    }

    private static String percent(double share) {
        return Decimals.fixed(PERCENT * share, share < 0.1 ? 1 : 0) + " %";
    }
}
