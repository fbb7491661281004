package vini.experiment.report;

import com.google.auto.service.AutoService;

import vini.experiment.analysis.Analysis;
import vini.experiment.analysis.Quantiles;
import vini.experiment.analysis.RequestPart;
import vini.experiment.analysis.RequestResult;
import vini.experiment.run.Run;

import java.util.List;

/** What a report says of requests and responses. */
@AutoService(ProbeChapter.class)
@SuppressWarnings("rawtypes") // a class literal has no parameters
public final class RequestChapter implements ProbeChapter<RequestResult> {
    @Override
    public Class<RequestResult> of() {
        return RequestResult.class;
    }

    @Override
    public int place() {
        return 40;
    }

    @Override
    public List<Figure> figures(RequestResult result, Analysis analysis) {
        Run run = analysis.run();
        return List.of(RequestFigure.of(result, run.events(), run.endS()));
    }

    @Override
    public void tell(RequestResult result, Analysis analysis, List<String> sentences) {
        RequestPart whole = result.whole();
        String ends = result.probe().from() + " to " + result.probe().to();
        if (whole.sent() == 0) {
            sentences.add("No request was sent from " + ends + ".");
            return;
        }
        StringBuilder text = new StringBuilder("Of ").append(Decimals.count(whole.sent()));
        text.append(" requests from ").append(ends).append(", ");
        text.append(whole.failed() == 0 ? "none" : Decimals.count(whole.failed()));
        text.append(" failed");
        Quantiles time = whole.timeMs();
        if (time != null) {
            text.append("; a response took ").append(Decimals.fixed(time.median(), 1));
            text.append(" ms in the median, ").append(Decimals.fixed(time.p99(), 1));
            text.append(" ms at 99 %");
        }
        sentences.add(text.append('.').toString());
    }

    @Override
    public List<String> heads() {
        return PhaseRow.heads(">sent", ">failed", ">median", ">95 %", ">99 %", ">max", "failures");
    }

    @Override
    public List<List<String>> rows(RequestResult result) {
        return result.phases().stream().map(phase -> row(result, phase)).toList();
    }

    private static List<String> row(RequestResult result, RequestResult.RequestPhase phase) {
        RequestPart steady = phase.steady();
        List<String> failures =
                phase.all().failures().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + Decimals.count(entry.getValue()))
                        .toList();
        return new PhaseRow(result, phase.phase())
                .count(phase.all().sent())
                .count(phase.all().failed())
                .quantiles(
                        steady == null ? null : steady.timeMs(),
                        List.of(Quantiles::median, Quantiles::p95, Quantiles::p99, Quantiles::max))
                .text(String.join(", ", failures))
                .cells();
    }
}
